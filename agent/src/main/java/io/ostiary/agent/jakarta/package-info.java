/** The servlet shell as the agent sees it, without servlet types in its signatures; loaded beside a servlet API. */
@NullMarked
package io.ostiary.agent.jakarta;

import org.jspecify.annotations.NullMarked;
