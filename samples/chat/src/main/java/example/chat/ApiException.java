package example.chat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** A call that cannot be answered, in OpenAI's words. */
final class ApiException extends Exception {

  private final int status;
  private final @Nullable String param;
  private final @Nullable String code;

  private ApiException(int status, String message, @Nullable String param, @Nullable String code) {
    super(message);
    this.status = status;
    this.param = param;
    this.code = code;
  }

  static ApiException notJson() {
    return new ApiException(400, "We could not parse the JSON body of your request.", null, null);
  }

  static ApiException missing(String param) {
    return new ApiException(
        400, "Missing required parameter: '" + param + "'.", param, "missing_required_parameter");
  }

  static ApiException invalid(String param, String expected) {
    return new ApiException(
        400,
        "Invalid value for '" + param + "': expected " + expected + ".",
        param,
        "invalid_value");
  }

  static ApiException noSuchModel(String model) {
    return new ApiException(
        404, "The model '" + model + "' does not exist.", "model", "model_not_found");
  }

  int status() {
    return status;
  }

  ObjectNode body() {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.putObject("error")
        .put("message", getMessage())
        .put("type", "invalid_request_error")
        .put("param", param)
        .put("code", code);
    return body;
  }
}
