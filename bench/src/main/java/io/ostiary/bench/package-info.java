/** Measures what the guard costs, beside what one would write by hand; ratios in one run, never single figures. */
@NullMarked
package io.ostiary.bench;

import org.jspecify.annotations.NullMarked;
