package io.ostiary.agent;

import io.ostiary.core.Guard;

/**
 * Where a door stands: all that its constructor is given.
 *
 * @param here the class whose method is hooked
 */
public record Site(Class<?> here, Guard guard, Shell shell) {}
