package io.jenkins.plugins.servicenowconnector.engine.ticket.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.servicenowconnector.engine.SimulatedInstance;
import io.jenkins.plugins.servicenowconnector.engine.http.LocalFile;
import io.jenkins.plugins.servicenowconnector.engine.ticket.TicketKey;
import io.jenkins.plugins.servicenowconnector.engine.ticket.files.FileOutcome.Result;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That many files do not take more time than there is. */
class AttachmentsInTimeTest {

    @TempDir
    private Path folder;

    @Test
    void whenTheTimeIsUpTheOtherFilesAreNotSent() throws Exception {
        try (Simulator servicenow = Simulator.start()) {
            Row incident = servicenow.tables().seed("incident", Map.of());
            List<FileToAttach> files = new ArrayList<>();
            for (String name : List.of("a.log", "b.log", "c.log")) {
                files.add(FileToAttach.of(LocalFile.of(Files.writeString(folder.resolve(name), name))));
            }
            TicketKey key = TicketKey.number("ticketNumber", incident.number());
            Attachments attachments =
                    new Attachments(SimulatedInstance.of(servicenow), "incident", key, files, line -> {});

            assertThat(attachments.advance(() -> true)).isEqualTo(Duration.ZERO);

            assertThat(attachments.outOfTime().files())
                    .extracting(FileOutcome::result)
                    .containsExactly(Result.ATTACHED, Result.FAILED, Result.FAILED);
            assertThat(servicenow.requests())
                    .filteredOn(each -> each.method().equals("POST"))
                    .hasSize(1);
        }
    }
}
