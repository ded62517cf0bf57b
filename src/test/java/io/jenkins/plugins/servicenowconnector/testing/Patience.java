package io.jenkins.plugins.servicenowconnector.testing;

import hudson.init.InitMilestone;
import hudson.init.Initializer;
import java.time.Duration;
import org.awaitility.Awaitility;

/** Has tests wait for what must come until it does, however slow the machine is: how long it takes is no matter of theirs. */
public final class Patience {

    private static final Duration LONG = Duration.ofMinutes(1);

    private Patience() {}

    /** Called by Jenkins when it starts. */
    @Initializer(before = InitMilestone.EXTENSIONS_AUGMENTED)
    public static void have() {
        Awaitility.setDefaultTimeout(LONG);
    }
}
