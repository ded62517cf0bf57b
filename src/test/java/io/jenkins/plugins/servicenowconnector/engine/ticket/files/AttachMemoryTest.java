package io.jenkins.plugins.servicenowconnector.engine.ticket.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.servicenowconnector.engine.http.HashingServer;
import io.jenkins.plugins.servicenowconnector.engine.http.HashingServer.Received;
import io.jenkins.plugins.servicenowconnector.engine.http.LocalFile;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How much memory a file of 200 MB takes while it is attached, in the Java that makes the call: one that has less than 16 MB
 * left. The server is another Java, and keeps nothing.
 */
@Tag("long")
class AttachMemoryTest {

    private static final long MEGABYTE = 1024 * 1024;
    private static final double SCALE = Double.parseDouble(System.getProperty("long.scale", "0.1"));
    private static final String SYS_ID = "0123456789abcdef0123456789abcdef";

    private final HashingServer server = HashingServer.start();

    @TempDir
    private Path folder;

    private Path small;
    private Path large;

    @BeforeEach
    void prepare() throws IOException {
        small = Files.writeString(folder.resolve("small.log"), "abc");
        large = folder.resolve("large.log");
        try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
            // at a tenth still more than the memory that is left
            file.setLength(Math.max(20 * MEGABYTE, (long) (200 * MEGABYTE * SCALE)));
            file.writeBytes("begin");
            file.seek(file.length() - 3);
            file.writeBytes("end");
        }
        server.answer("GET", "/api/now/attachment", "{\"result\":[]}")
                .answer("GET", "/api/now/table/sys_properties", "{\"result\":[]}")
                .answer(
                        "GET",
                        "/api/now/table/incident",
                        "{\"result\":[{\"sys_id\":\"" + SYS_ID + "\",\"number\":\"INC0010001\"}]}")
                .answer("POST", "/api/now/attachment/file", "{\"result\":{\"sys_id\":\"" + SYS_ID + "\"}}");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void largeFileIsAttachedWithLessThanSixteenMegabytes() throws Exception {
        String said = attach("streamed");

        assertThat(said).endsWith("attached");
        long room = Long.parseLong(said.replaceAll("(?s)^room (\\d+).*", "$1"));
        assertThat(room).isLessThan(16 * MEGABYTE);
        LocalFile file = LocalFile.of(large);
        assertThat(server.received())
                .hasSize(2)
                .last()
                .extracting(Received::size, Received::sha256, Received::chunked)
                .containsExactly(file.size(), file.sha256(), null);
        System.out.printf("%,d bytes attached with less than %,d bytes of heap to spare%n", file.size(), room);
    }

    /** Without which the test above would not prove anything. */
    @Test
    void fileThatIsReadAsAWholeDoesNotFit() throws Exception {
        assertThat(attach("whole")).contains("OutOfMemoryError").doesNotContain("attached");
        assertThat(server.received()).hasSize(1);
    }

    private String attach(String way) throws IOException, InterruptedException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx20m",
                "-XX:MaxDirectMemorySize=16m",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                AttachOneFile.class.getName(),
                server.url().toString(),
                small.toString(),
                large.toString(),
                way);
        Process java = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        java.waitFor();
        return said.trim();
    }
}
