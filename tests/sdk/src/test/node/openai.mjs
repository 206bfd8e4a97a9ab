import OpenAI from 'openai';

export async function chat(call, told) {
  const client = new OpenAI({
    apiKey: call.key,
    baseURL: `${call.url}/v1`,
    maxRetries: call.retries,
    defaultHeaders: { 'X-Test': call.test },
  });
  const { data, response } = await client.chat.completions
    .create({
      model: call.model,
      max_tokens: call.maxTokens,
      stream: call.stream,
      messages: [{ role: 'user', content: call.text }],
    })
    .withResponse();
  told.headers = Object.fromEntries(response.headers);
  if (call.stream) {
    for await (const chunk of data) {
      told.text += chunk.choices[0]?.delta.content ?? '';
    }
  } else {
    told.text = data.choices[0].message.content;
  }
}
