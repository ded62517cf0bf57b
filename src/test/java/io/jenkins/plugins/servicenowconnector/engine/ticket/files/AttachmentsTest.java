package io.jenkins.plugins.servicenowconnector.engine.ticket.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.jenkins.plugins.servicenowconnector.engine.SimulatedInstance;
import io.jenkins.plugins.servicenowconnector.engine.http.GivenBody;
import io.jenkins.plugins.servicenowconnector.engine.http.LocalFile;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.rest.Attachment;
import io.jenkins.plugins.servicenowconnector.engine.rest.Instance;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Ticket;
import io.jenkins.plugins.servicenowconnector.engine.ticket.TicketKey;
import io.jenkins.plugins.servicenowconnector.engine.ticket.files.FileOutcome.Result;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.instance.Switch;
import io.jenkins.plugins.servicenowconnector.simulator.rest.StoredFile;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files are attached once, by name, size and hash. */
class AttachmentsTest {

    private static final Simulator SIMULATOR = Simulator.start();

    private final Instance instance = SimulatedInstance.of(SIMULATOR);
    private final List<String> log = new ArrayList<>();

    @TempDir
    private Path folder;

    private Row change;

    @BeforeEach
    void reset() {
        SIMULATOR.reset();
        change = SIMULATOR.tables().seed("change_request", Map.of("short_description", "x"));
    }

    @AfterAll
    static void stop() {
        SIMULATOR.close();
    }

    private FileToAttach file(String name, String content) throws Exception {
        return FileToAttach.of(LocalFile.of(Files.writeString(folder.resolve(name), content)));
    }

    private AttachReport attach(FileToAttach... files) throws Exception {
        return attach("change_request", key(), files);
    }

    private AttachReport attach(String table, TicketKey key, FileToAttach... files) throws Exception {
        Attachments attachments = new Attachments(instance, table, key, List.of(files), log::add);
        assertThat(attachments.advance()).isNull();
        return attachments.report();
    }

    private TicketKey key() throws ServiceNowException {
        return TicketKey.number("ticketNumber", change.number());
    }

    private static List<Result> results(AttachReport report) {
        return report.files().stream().map(FileOutcome::result).toList();
    }

    private static List<String> stored() {
        return SIMULATOR.files().stream().map(StoredFile::fileName).toList();
    }

    @Test
    void filesAreAttachedInTheirOrderAndSaidSo() throws Exception {
        AttachReport report = attach(file("b.log", "bb"), file("a.txt", "a")).orThrow();

        assertThat(stored()).containsExactly("b.log", "a.txt");
        assertThat(SIMULATOR.files())
                .allSatisfy(each -> assertThat(each.tableSysId()).isEqualTo(change.sysId()))
                .allSatisfy(each -> assertThat(each.tableName()).isEqualTo("change_request"));
        assertThat(report.ticket().number()).isEqualTo(change.number());
        assertThat(report.files())
                .containsExactly(
                        new FileOutcome(
                                "b.log",
                                2,
                                Result.ATTACHED,
                                SIMULATOR.files().get(0).sysId(),
                                null),
                        new FileOutcome(
                                "a.txt",
                                1,
                                Result.ATTACHED,
                                SIMULATOR.files().get(1).sysId(),
                                null));
        assertThat(log)
                .containsExactly(
                        "'b.log' (2 bytes) is attached to " + change.number() + ".",
                        "'a.txt' (1 bytes) is attached to " + change.number() + ".");
        // the ticket, its files, and one for each file
        assertThat(SIMULATOR.requestCount()).isEqualTo(4);
    }

    @Test
    void emptyFileIsAttached() throws Exception {
        attach(file("empty.log", "")).orThrow();

        assertThat(SIMULATOR.files()).extracting(StoredFile::size).containsExactly(0L);
    }

    @Test
    void ticketIsFoundByItsKeyToo() throws Exception {
        attach("change_request", TicketKey.sysId("sysId", change.sysId()), file("a", "a"))
                .orThrow();

        assertThat(stored()).containsExactly("a");
    }

    @Test
    void fileIsAttachedToTheTicketsOwnTableWhereAnotherFormWouldNotShowIt() throws Exception {
        attach("task", key(), file("a", "a")).orThrow();

        assertThat(SIMULATOR.files()).extracting(StoredFile::tableName).containsExactly("change_request");
    }

    @Test
    void sameFileIsNotSentAgain() throws Exception {
        FileToAttach file = file("console.log", "abc");
        String first = attach(file).files().get(0).sysId();
        log.clear();

        AttachReport again = attach(file).orThrow();

        assertThat(again.files()).containsExactly(new FileOutcome("console.log", 3, Result.ALREADY_THERE, first, null));
        assertThat(stored()).hasSize(1);
        assertThat(log)
                .containsExactly("'console.log' is attached to " + change.number()
                        + " already, with the same content; it is not sent again.");
    }

    @Test
    void sameFileTwiceInOneCallIsSentOnce() throws Exception {
        FileToAttach file = file("console.log", "abc");

        assertThat(results(attach(file, file))).containsExactly(Result.ATTACHED, Result.ALREADY_THERE);
        assertThat(stored()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"xyz", "abcd"})
    void otherContentUnderTheSameNameIsSentToo(String other) throws Exception {
        attach(file("console.log", "abc"));
        log.clear();

        assertThat(results(attach(file("console.log", other)))).containsExactly(Result.ATTACHED);

        assertThat(stored()).containsExactly("console.log", "console.log");
        assertThat(log)
                .containsExactly("'console.log' (" + other.length() + " bytes) is attached to " + change.number()
                        + ", beside another one of that name with other content.");
        // and both are known from then on
        assertThat(results(attach(file("console.log", other)))).containsExactly(Result.ALREADY_THERE);
        assertThat(results(attach(file("console.log", "abc")))).containsExactly(Result.ALREADY_THERE);
    }

    @Test
    void sameContentUnderAnotherNameIsSentToo() throws Exception {
        attach(file("a.log", "abc"), file("b.log", "abc"));

        assertThat(stored()).containsExactly("a.log", "b.log");
    }

    // servicenow-rest §4: the answer to an upload has no hash yet
    @Test
    void filesOfOneNameAndSizeInOneCallAreComparedWithoutWaitingForTheirHashes() throws Exception {
        SIMULATOR.switches().on(Switch.ATTACHMENT_HASH_LATE);
        Path other = Files.createDirectory(folder.resolve("other"));
        FileToAttach second = FileToAttach.of(LocalFile.of(Files.writeString(other.resolve("version.txt"), "4.3")));

        AttachReport report = attach(file("version.txt", "4.2"), second, second).orThrow();

        assertThat(results(report)).containsExactly(Result.ATTACHED, Result.ATTACHED, Result.ALREADY_THERE);
        assertThat(SIMULATOR.files()).extracting(StoredFile::sha256).doesNotHaveDuplicates();
        assertThat(stored()).containsExactly("version.txt", "version.txt");
        assertThat(log)
                .filteredOn(line -> line.contains("beside another one of that name with other content"))
                .hasSize(1);
        assertThat(SIMULATOR.requestCount()).isEqualTo(4);
    }

    @Test
    void fileThatWasAttachedAndIsGoneDoesNotFailTheNextOfItsName() throws Exception {
        SIMULATOR.switches().on(Switch.ATTACHMENT_HASH_LATE);
        FileToAttach gone = FileToAttach.of(GivenBody.of(3, 3), () -> {
            throw new IOException("no such file");
        });

        assertThat(results(attach(gone, file("console.log", "abc")))).containsExactly(Result.ATTACHED, Result.ATTACHED);
    }

    @Test
    void contentIsHashedOnlyWhereItMatters() throws Exception {
        List<String> hashed = new ArrayList<>();
        FileToAttach.Hash counting = () -> {
            hashed.add("x");
            return "0".repeat(64);
        };

        attach(FileToAttach.of(GivenBody.of(3, 3), counting));
        attach(FileToAttach.of(GivenBody.of(4, 4), counting));
        assertThat(hashed).isEmpty();

        attach(FileToAttach.of(GivenBody.of(4, 4), counting));
        assertThat(hashed).hasSize(1);
    }

    @Test
    void fileThatCannotBeHashedFailsAndTheOthersGoOn() throws Exception {
        attach(FileToAttach.of(GivenBody.of(3, 3), () -> "0".repeat(64)));
        FileToAttach unreadable = FileToAttach.of(GivenBody.of(3, 3), () -> {
            throw new IOException("disk error");
        });

        AttachReport report = attach(unreadable, file("b.log", "b"));

        assertThat(results(report)).containsExactly(Result.FAILED, Result.ATTACHED);
        assertThat(report.files().get(0).failure().sentence())
                .isEqualTo("The file 'console.log' could not be read where it is: disk error.");
    }

    @Test
    void filesOfATicketAreListed() throws Exception {
        Ticket ticket = attach(file("a.log", "abc")).ticket();

        assertThat(Attachments.list(instance, ticket))
                .extracting(Attachment::fileName, Attachment::size)
                .containsExactly(tuple("a.log", 3L));
    }

    @Test
    void nothingToAttachIsRefusedBeforeAnyCall() {
        ServiceNowException error = catchThrowableOfType(ServiceNowException.class, this::attach);

        assertThat(error).hasMessageStartingWith("files matches no file");
        assertThat(SIMULATOR.requestCount()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sysapproval_approver", "SC_REQ_ITEM", "no table"})
    void tableThatIsNeverWrittenIsRefusedBeforeAnyCall(String table) throws Exception {
        FileToAttach file = file("a", "a");

        ServiceNowException error = catchThrowableOfType(ServiceNowException.class, () -> attach(table, key(), file));

        assertThat(error.kind()).isEqualTo(Kind.BAD_INPUT);
        assertThat(error).hasMessageStartingWith("ticketType is ");
        assertThat(SIMULATOR.requestCount()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "a/b.log", "a\\b.log", "a\nb.log"})
    void nameThatServiceNowCouldNotStoreIsRefused(String name) {
        LocalFile file = new LocalFile("/x", name, 1);

        assertThat(catchThrowableOfType(ServiceNowException.class, () -> FileToAttach.of(file)))
                .hasMessageStartingWith("files holds a file ");
    }

    @Test
    void nameMayBeAsLongAsTheField() throws Exception {
        FileToAttach.of(new LocalFile("/x", "n".repeat(255), 1));
        LocalFile tooLong = new LocalFile("/x", "n".repeat(256), 1);

        assertThat(catchThrowableOfType(ServiceNowException.class, () -> FileToAttach.of(tooLong)))
                .hasMessageContaining("longer than 255 characters");
    }

    @Test
    void typeFollowsFromTheExtension() throws Exception {
        attach(file("a.LOG", "x"), file("b.pdf", "x"), file("core", "x"), file("c.", "x"));

        assertThat(SIMULATOR.files())
                .extracting(StoredFile::contentType)
                .containsExactly(
                        "text/plain", "application/pdf", "application/octet-stream", "application/octet-stream");
    }
}
