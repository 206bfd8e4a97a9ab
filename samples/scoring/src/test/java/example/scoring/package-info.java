@NullMarked
package example.scoring;

import org.jspecify.annotations.NullMarked;
