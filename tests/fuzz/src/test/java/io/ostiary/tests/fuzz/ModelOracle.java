package io.ostiary.tests.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A call of the narrow key that was let in is one for alpha, whoever reads it. */
final class ModelOracle implements Oracle {

  @Override
  public String wrong(Case asked, Connection.Answer answer) {
    if (!answer.text().startsWith(Sighting.MARK)) {
      // A smaller case asks another servlet.
      return null;
    }
    List<Sighting> sightings = Sighting.read(answer.text());
    List<String> wrong = new ArrayList<>();
    boolean named = false;
    boolean failed = false;
    for (Sighting sighting : sightings) {
      if (sighting.isOther("alpha")) {
        wrong.add(sighting.reader() + " reads " + sighting.model());
      }
      named |= sighting.kind() == Sighting.Kind.FOUND;
      failed |= sighting.kind() == Sighting.Kind.FAILED;
      if (sighting.kind() == Sighting.Kind.ABSENT && mustName(asked)) {
        wrong.add(sighting.reader() + " reads nothing");
      }
    }
    // Servers look for forms in POST alone; an app that reads others by itself reads what was
    // judged.
    if (!named && !failed && asked.wire()[1] == 'O') {
      wrong.add("nobody reads anything");
    }
    return wrong.isEmpty() ? null : String.join(", ", wrong);
  }

  /** Whether the model can only be in the JSON that everybody here reads; elsewhere one place says what another does not. */
  private static boolean mustName(Case asked) {
    String text = new String(asked.wire(), StandardCharsets.ISO_8859_1);
    return text.substring(0, text.indexOf('\r')).matches("[A-Z]+ /json[? ].*")
        && !text.contains("\r\nContent-Encoding: ");
  }
}
