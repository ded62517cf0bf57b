package io.jenkins.plugins.servicenowconnector.simulator;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.simulator.demo.Story;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Shows on the console how a ticket is created, then waited for: on a simulator of its own, or on a real instance. */
public final class Demo {

    /** Slow enough for a person to see the waiting. */
    private static final Duration PACE = Duration.ofSeconds(3);

    private Demo() {}

    public static void main(String[] arguments) throws InterruptedException {
        // the expression library's logging finds no logger here, which is nothing to tell a person
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        // the transport's and the simulator's threads need not be waited for
        System.exit(run(List.of(arguments), System.getenv(), PACE, System.out, System.err));
    }

    /**
     * Runs it once.
     *
     * @return the exit code: 0 approved, 1 not approved or failed, 2 not understood
     */
    static int run(
            List<String> arguments, Map<String, String> environment, Duration pace, PrintStream out, PrintStream err)
            throws InterruptedException {
        Story story;
        try {
            story = Story.of(arguments, environment);
        } catch (ServiceNowException e) {
            err.println("bin/demo: " + e.getMessage());
            return 2;
        }
        try {
            return story.tell(pace, out::println) ? 0 : 1;
        } catch (ServiceNowException e) {
            err.println("The demo broke off: " + e.getMessage());
            return 1;
        }
    }
}
