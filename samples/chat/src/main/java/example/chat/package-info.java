/** A chat server as many are: an OpenAI-compatible API in front of a language model, without a thought for who calls it. */
@NullMarked
package example.chat;

import org.jspecify.annotations.NullMarked;
