/** The guard and what stands behind it, asked the same thing a hundred thousand times. */
package io.ostiary.tests.fuzz;
