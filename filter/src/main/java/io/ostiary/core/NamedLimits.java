package io.ostiary.core;

import java.util.List;

/** Limits for the models that a name or glob matches; all of them share one budget. */
record NamedLimits(String glob, List<Limit> limits) {}
