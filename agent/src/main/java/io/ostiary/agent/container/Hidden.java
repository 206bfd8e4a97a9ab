package io.ostiary.agent.container;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** What a server's classes have, and show nobody; {@code null} where a release has it not, or hides it even so. */
final class Hidden {

  private Hidden() {}

  /** A field of a class, or of one that it extends. */
  static @Nullable Field field(Class<?> type, String name) {
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      try {
        Field field = each.getDeclaredField(name);
        field.setAccessible(true);
        return field;
      } catch (ReflectiveOperationException | RuntimeException hidden) {
        // It may be further up.
      }
    }
    return null;
  }

  /** A method of a class, or of one that it extends. */
  static @Nullable Method method(Class<?> type, String name, Class<?>... parameters) {
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      try {
        Method method = each.getDeclaredMethod(name, parameters);
        method.setAccessible(true);
        return method;
      } catch (ReflectiveOperationException | RuntimeException hidden) {
        // Likewise.
      }
    }
    return null;
  }
}
