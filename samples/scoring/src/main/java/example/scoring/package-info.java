/** A scoring service as many are: a PMML model behind a servlet, without a thought for who calls it. */
@NullMarked
package example.scoring;

import org.jspecify.annotations.NullMarked;
