package io.jenkins.plugins.servicenowconnector.testing;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Lets every test wait long enough for a machine that has much else to do; who waits for what comes at once loses nothing. */
public final class Patience implements BeforeAllCallback {

    private static final Duration ENOUGH = Duration.ofMinutes(2);

    @Override
    public void beforeAll(ExtensionContext context) {
        Awaitility.setDefaultTimeout(ENOUGH);
    }
}
