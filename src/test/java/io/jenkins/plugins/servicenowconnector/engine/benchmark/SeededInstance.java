package io.jenkins.plugins.servicenowconnector.engine.benchmark;

import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A simulator with many changes in Assess, in a process of its own, so that its work is not counted as the engine's. */
final class SeededInstance implements AutoCloseable {

    private final Process process;
    private final URI url;

    private SeededInstance(Process process, URI url) {
        this.process = process;
        this.url = url;
    }

    /** Starts one with that many changes. */
    static SeededInstance start(int changes) throws IOException {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        SeededInstance.class.getName(),
                        String.valueOf(changes))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String line =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine();
        if (line == null) {
            throw new IOException("The simulator did not start.");
        }
        return new SeededInstance(process, URI.create(line));
    }

    /** The key of the change with that place, counted from 0. */
    static String sysId(int place) {
        return String.format("%032x", place + 1);
    }

    URI url() {
        return url;
    }

    /** The simulator ends when nothing more can come from the one who started it. */
    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
    }

    /** The process itself: prints its address, serves until its standard input ends. */
    public static void main(String[] arguments) throws IOException {
        Simulator simulator = Simulator.start();
        for (int place = 0; place < Integer.parseInt(arguments[0]); place++) {
            Map<String, String> values = Map.of(
                    "sys_id",
                    sysId(place),
                    "short_description",
                    "Deployment " + place,
                    "state",
                    "-4",
                    "approval",
                    "requested");
            simulator.tables().seed("change_request", values);
        }
        System.out.println(simulator.url());
        while (System.in.read() >= 0) {
            // whoever started us is still there
        }
        simulator.close();
    }
}
