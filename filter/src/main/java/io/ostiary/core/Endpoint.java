package io.ostiary.core;

import java.util.List;

/** A ModelArts custom endpoint: a name that clients use in place of a model. */
record Endpoint(String name, String model, List<Limit> limits) {}
