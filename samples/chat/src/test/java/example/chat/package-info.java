@NullMarked
package example.chat;

import org.jspecify.annotations.NullMarked;
