package io.jenkins.plugins.servicenowconnector.engine.ticket.files;

import io.jenkins.plugins.servicenowconnector.engine.auth.BasicAuthentication;
import io.jenkins.plugins.servicenowconnector.engine.http.HttpTransport;
import io.jenkins.plugins.servicenowconnector.engine.http.Limits;
import io.jenkins.plugins.servicenowconnector.engine.http.LocalFile;
import io.jenkins.plugins.servicenowconnector.engine.http.StreamedBody;
import io.jenkins.plugins.servicenowconnector.engine.rest.Instance;
import io.jenkins.plugins.servicenowconnector.engine.ticket.TicketKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/** A Java of its own with little memory that attaches a small file, says how much room is left, then attaches a large one. */
public final class AttachOneFile {

    private AttachOneFile() {}

    /** How not to do it, for comparison. */
    private record WholeInMemory(String path, String name, long size) implements StreamedBody {
        @Override
        public InputStream open() throws IOException {
            return new ByteArrayInputStream(Files.readAllBytes(Path.of(path)));
        }
    }

    /** Arguments: the instance's address, the small file, the large file, {@code streamed} or {@code whole}. */
    public static void main(String[] arguments) throws Exception {
        Instance instance = new Instance(
                URI.create(arguments[0]),
                new BasicAuthentication("jenkins", "secret"),
                HttpTransport.shared(),
                Limits.DEFAULT,
                "test",
                InstantSource.system());
        attach(instance, LocalFile.of(Path.of(arguments[1])));
        System.gc();
        Runtime java = Runtime.getRuntime();
        System.out.println("room " + (java.maxMemory() - (java.totalMemory() - java.freeMemory())));
        LocalFile large = LocalFile.of(Path.of(arguments[2]));
        attach(
                instance,
                arguments[3].equals("streamed") ? large : new WholeInMemory(large.path(), large.name(), large.size()));
        System.out.println("attached");
        System.exit(0);
    }

    private static void attach(Instance instance, StreamedBody content) throws Exception {
        Attachments attachments = new Attachments(
                instance,
                "incident",
                TicketKey.number("ticketNumber", "INC0010001"),
                List.of(FileToAttach.of(content, () -> "0".repeat(64))),
                line -> {});
        if (attachments.advance() == null) {
            attachments.report().orThrow();
        }
    }
}
