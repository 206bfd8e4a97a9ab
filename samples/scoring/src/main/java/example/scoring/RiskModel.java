package example.scoring;

import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import org.jpmml.evaluator.Evaluator;
import org.jpmml.evaluator.EvaluatorUtil;
import org.jpmml.evaluator.InputField;
import org.jpmml.evaluator.LoadingModelEvaluatorBuilder;
import org.jspecify.annotations.Nullable;

/** The PMML model, ready to score. Safe for use by many threads. */
final class RiskModel {

  private final Evaluator evaluator;

  private RiskModel(Evaluator evaluator) {
    this.evaluator = evaluator;
  }

  /** @throws IllegalStateException if the model cannot be read */
  static RiskModel load() {
    try (InputStream pmml = RiskModel.class.getResourceAsStream("risk.pmml")) {
      Evaluator evaluator = new LoadingModelEvaluatorBuilder().load(pmml).build();
      evaluator.verify();
      return new RiskModel(evaluator);
    } catch (Exception e) {
      throw new IllegalStateException("the model cannot be read", e);
    }
  }

  /**
   * The class that the model puts a record into, and how probable each class is.
   *
   * @throws org.jpmml.evaluator.EvaluationException if the record has a value that the model does not take
   */
  Map<String, ?> score(Map<String, ? extends @Nullable Object> record) {
    Map<String, Object> arguments = new HashMap<>();
    for (InputField field : evaluator.getInputFields()) {
      arguments.put(field.getName(), field.prepare(record.get(field.getName())));
    }
    return EvaluatorUtil.decodeAll(evaluator.evaluate(arguments));
  }
}
