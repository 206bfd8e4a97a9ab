import Anthropic from '@anthropic-ai/sdk';

export async function chat(call, told) {
  const client = new Anthropic({
    apiKey: call.key,
    baseURL: call.url,
    maxRetries: call.retries,
    defaultHeaders: { 'X-Test': call.test },
  });
  const { data, response } = await client.messages
    .create({
      model: call.model,
      max_tokens: call.maxTokens,
      stream: call.stream,
      messages: [{ role: 'user', content: call.text }],
    })
    .withResponse();
  told.headers = Object.fromEntries(response.headers);
  if (call.stream) {
    for await (const event of data) {
      told.text += event.type === 'content_block_delta' ? event.delta.text : '';
    }
  } else {
    told.text = data.content[0].text;
  }
}
