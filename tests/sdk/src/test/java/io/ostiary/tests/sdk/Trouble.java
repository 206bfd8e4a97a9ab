package io.ostiary.tests.sdk;

import java.io.IOException;

/** What can befall a call: each refusal that vendors document for clients, and how to meet it. */
enum Trouble {
  WRONG_KEY {
    @Override
    Told meet(CatalogueContract client, String test, String dialect) throws IOException {
      return client.ask(client.chat(test, "stranger", dialect));
    }
  },
  MODEL_NOT_ALLOWED {
    @Override
    Told meet(CatalogueContract client, String test, String dialect) throws IOException {
      return client.ask(client.chat(test, "narrow", dialect).model("qwen-vl"));
    }
  },
  MODEL_UNKNOWN {
    @Override
    Told meet(CatalogueContract client, String test, String dialect) throws IOException {
      return client.ask(client.chat(test, "any", dialect).model("gpt-7"));
    }
  },
  BODY_TOO_LARGE {
    @Override
    Told meet(CatalogueContract client, String test, String dialect) throws IOException {
      return client.ask(client.chat(test, "any", dialect).text("x".repeat(100_000)));
    }
  },
  QPS {
    @Override
    Told meet(CatalogueContract client, String test, String dialect) throws IOException {
      return exhaust(client, client.chat(test, "qps", dialect));
    }
  },
  RPM {
    @Override
    Told meet(CatalogueContract client, String test, String dialect) throws IOException {
      return exhaust(client, client.chat(test, "rpm", dialect));
    }
  },
  TPM {
    @Override
    Told meet(CatalogueContract client, String test, String dialect) throws IOException {
      return exhaust(client, client.chat(test, "tpm", dialect).maxTokens(250));
    }
  },
  QUEUE_FULL {
    @Override
    Told meet(CatalogueContract client, String test, String dialect) throws IOException {
      Held held = client.hold(dialect);
      try {
        return client.ask(client.chat(test, "any", dialect));
      } finally {
        held.close();
      }
    }
  },
  TIMEOUT {
    @Override
    Told meet(CatalogueContract client, String test, String dialect) throws IOException {
      try {
        return client.ask(client.late(client.chat(test, "any", dialect)));
      } finally {
        client.release();
      }
    }
  },
  SERVER_ERROR {
    @Override
    Told meet(CatalogueContract client, String test, String dialect) throws IOException {
      return client.ask(client.chat(test, "any", dialect).model(ModelServlet.BROKEN));
    }
  };

  /** Asks, as this trouble has it. */
  abstract Told meet(CatalogueContract client, String test, String dialect) throws IOException;

  /** Asks until it is refused, without repetitions: what a wait is worth other tests show. */
  private static Told exhaust(CatalogueContract client, Chat chat) throws IOException {
    Told told = client.ask(chat.retries(0));
    for (int i = 0; i < 20 && told.error() == null; i++) {
      told = client.ask(chat.retries(0));
    }
    return told;
  }
}
