/** The servlet shell: it shows requests to the guard and carries its decisions out. It decides nothing. */
@NullMarked
package io.ostiary.servlet.jakarta;

import org.jspecify.annotations.NullMarked;
