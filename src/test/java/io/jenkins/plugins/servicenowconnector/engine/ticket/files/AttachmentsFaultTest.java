package io.jenkins.plugins.servicenowconnector.engine.ticket.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.jenkins.plugins.servicenowconnector.engine.SimulatedInstance;
import io.jenkins.plugins.servicenowconnector.engine.SteppedClock;
import io.jenkins.plugins.servicenowconnector.engine.http.GivenBody;
import io.jenkins.plugins.servicenowconnector.engine.http.LocalFile;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.http.StreamedBody;
import io.jenkins.plugins.servicenowconnector.engine.rest.Holds;
import io.jenkins.plugins.servicenowconnector.engine.rest.Instance;
import io.jenkins.plugins.servicenowconnector.engine.ticket.TicketKey;
import io.jenkins.plugins.servicenowconnector.engine.ticket.files.FileOutcome.Result;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Fault;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Match;
import io.jenkins.plugins.servicenowconnector.simulator.instance.Switch;
import io.jenkins.plugins.servicenowconnector.simulator.rest.Role;
import io.jenkins.plugins.servicenowconnector.simulator.rest.StoredFile;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is known of files whose sending was refused, or got no good answer. */
class AttachmentsFaultTest {

    private static final Simulator SIMULATOR = Simulator.start();
    private static final Match UPLOAD = new Match("POST", "/api/now/attachment");
    private static final Match LIST = new Match("GET", "/api/now/attachment");

    private final List<Duration> pauses = new ArrayList<>();
    private final List<String> log = new ArrayList<>();
    private final SteppedClock clock = new SteppedClock();
    private final Instance instance = SimulatedInstance.held(new Holds(clock), SIMULATOR);

    @TempDir
    private Path folder;

    private Row incident;
    private Runnable meanwhile = () -> {};

    @BeforeEach
    void reset() {
        SIMULATOR.reset();
        incident = SIMULATOR.tables().seed("incident", Map.of("short_description", "x"));
    }

    @AfterAll
    static void stop() {
        SIMULATOR.close();
    }

    private FileToAttach file(String name) throws Exception {
        return FileToAttach.of(LocalFile.of(Files.writeString(folder.resolve(name), "content of " + name)));
    }

    private AttachReport attach(FileToAttach... files) throws Exception {
        Attachments attachments = attachments(files);
        for (Duration pause = attachments.advance(); pause != null; pause = attachments.advance()) {
            pauses.add(pause);
            clock.forward(pause);
            meanwhile.run();
        }
        return attachments.report();
    }

    private Attachments attachments(FileToAttach... files) throws ServiceNowException {
        TicketKey key = TicketKey.number("ticketNumber", incident.number());
        return new Attachments(instance, "incident", key, List.of(files), log::add);
    }

    private static List<String> stored() {
        return SIMULATOR.files().stream().map(StoredFile::fileName).toList();
    }

    private static List<Result> results(AttachReport report) {
        return report.files().stream().map(FileOutcome::result).toList();
    }

    private long uploads() {
        return SIMULATOR.requests().stream()
                .filter(each -> each.method().equals("POST"))
                .count();
    }

    static List<Fault> lostAnswers() {
        return List.of(
                Fault.CUT_AFTER_COMMIT,
                Fault.CLOSED_AFTER_COMMIT,
                Fault.QUOTA_AFTER_COMMIT,
                Fault.FORBIDDEN_AFTER_COMMIT,
                Fault.TRUNCATED,
                Fault.TRAILING_ERROR,
                Fault.WRONG_CONTENT_TYPE);
    }

    @ParameterizedTest
    @MethodSource("lostAnswers")
    void fileWhoseAnswerIsLostIsFoundAndNotSentAgain(Fault fault) throws Exception {
        SIMULATOR.faults().next(UPLOAD, fault);

        AttachReport report = attach(file("a.log"), file("b.log")).orThrow();

        assertThat(results(report)).containsExactly(Result.ATTACHED, Result.ATTACHED);
        assertThat(report.files().get(0).sysId())
                .isEqualTo(SIMULATOR.files().get(0).sysId());
        assertThat(stored()).containsExactly("a.log", "b.log");
        assertThat(pauses).isEmpty();
        assertThat(log).first().asString().startsWith("'a.log' may be attached or not, so " + incident.number());
    }

    @Test
    void hashOfAnAlikeFileIsWaitedForAFewSeconds() throws Exception {
        SIMULATOR.switches().on(Switch.ATTACHMENT_HASH_ABSENT);
        attach(file("a.log"));
        Row stored = SIMULATOR.tables().rows("sys_attachment").get(0);
        String sha256 = SIMULATOR.files().get(0).sha256();
        meanwhile = () -> stored.set("hash", pauses.size() < 2 ? "" : sha256);
        log.clear();

        AttachReport report = attach(file("a.log")).orThrow();

        assertThat(results(report)).containsExactly(Result.ALREADY_THERE);
        assertThat(pauses).containsExactly(Duration.ofSeconds(5), Duration.ofSeconds(5));
        assertThat(log)
                .containsExactly("'a.log' is attached to " + incident.number()
                        + " already, with the same content; it is not sent again.");
    }

    // servicenow-rest §4 [?]: whether and when an attachment has a hash
    @Test
    void alikeFileThatNeverGetsAHashDoesNotKeepAnotherOneAway_unproven() throws Exception {
        SIMULATOR.switches().on(Switch.ATTACHMENT_HASH_ABSENT);
        attach(FileToAttach.of(GivenBody.of(3, 3), () -> "0".repeat(64)));
        log.clear();

        AttachReport report = attach(FileToAttach.of(GivenBody.of(3, 3), () -> "1".repeat(64)))
                .orThrow();

        assertThat(results(report)).containsExactly(Result.ATTACHED);
        assertThat(stored()).hasSize(2);
        assertThat(pauses).hasSize(3).containsOnly(Duration.ofSeconds(5));
        assertThat(log).singleElement().asString().contains("ServiceNow gives no hash to compare");
    }

    @Test
    void lostAnswerIsNotMistakenForTheAlikeFileBefore() throws Exception {
        SIMULATOR.switches().on(Switch.ATTACHMENT_HASH_ABSENT);
        SIMULATOR.faults().next(call -> UPLOAD.test(call) && SIMULATOR.files().size() == 1, Fault.CUT_AFTER_COMMIT);
        FileToAttach first = FileToAttach.of(GivenBody.of(3, 3), () -> "0".repeat(64));
        FileToAttach second = FileToAttach.of(GivenBody.of(3, 3), () -> "1".repeat(64));

        AttachReport report = attach(first, second).orThrow();

        assertThat(results(report)).containsExactly(Result.ATTACHED, Result.ATTACHED);
        assertThat(report.files().get(1).sysId())
                .isEqualTo(SIMULATOR.files().get(1).sysId());
        assertThat(stored()).hasSize(2);
    }

    static List<Fault> lostRequests() {
        return List.of(Fault.CUT, Fault.QUOTA, Fault.BAD_GATEWAY);
    }

    @ParameterizedTest
    @MethodSource("lostRequests")
    void fileThatDidNotArriveIsLookedForOverSomeTimeThenSentAgain(Fault fault) throws Exception {
        SIMULATOR.faults().next(UPLOAD, fault);

        attach(file("a.log")).orThrow();

        assertThat(stored()).containsExactly("a.log");
        assertThat(uploads()).isEqualTo(2);
        assertThat(pauses).containsExactly(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(5));
    }

    @Test
    void fileThatIsStoredLateIsFoundAndNotSentAgain() throws Exception {
        SIMULATOR.faults().next(UPLOAD, Fault.HELD_COMMIT);
        meanwhile = SIMULATOR::commitLate;

        attach(file("a.log")).orThrow();

        assertThat(stored()).containsExactly("a.log");
        assertThat(uploads()).isEqualTo(1);
        assertThat(pauses).hasSize(1);
    }

    @Test
    void fileWhoseAnswerIsLostTwiceHasAnUnknownOutcome() throws Exception {
        SIMULATOR.faults().next(2, UPLOAD, Fault.CUT);

        AttachReport report = attach(file("a.log"), file("b.log"));

        assertThat(results(report)).containsExactly(Result.FAILED, Result.ATTACHED);
        assertThat(report.files().get(0).failure().kind()).isEqualTo(Kind.OUTCOME_UNKNOWN);
        assertThat(report.files().get(0).failure().sentence())
                .startsWith("Whether 'a.log' was attached to " + incident.number() + " is unknown: ")
                .endsWith("Look at the ticket's attachments before you attach it again.");
        assertThat(uploads()).isEqualTo(3);
    }

    @Test
    void fileIsNotSentAgainWhereNobodyCanTellWhetherItIsThere() throws Exception {
        SIMULATOR.faults().next(UPLOAD, Fault.CUT_AFTER_COMMIT);
        FileToAttach first = file("a.log");
        SIMULATOR.faults().next(LIST, Fault.slow(Duration.ZERO));
        SIMULATOR.faults().always(LIST, Fault.FORBIDDEN);

        AttachReport report = attach(first);

        assertThat(report.files().get(0).failure().kind()).isEqualTo(Kind.OUTCOME_UNKNOWN);
        assertThat(uploads()).isEqualTo(1);
    }

    @Test
    void lookThatFailsInPassingIsRepeated() throws Exception {
        SIMULATOR.faults().next(UPLOAD, Fault.CUT_AFTER_COMMIT);
        SIMULATOR.faults().next(LIST, Fault.slow(Duration.ZERO));
        SIMULATOR.faults().next(2, LIST, Fault.MAINTENANCE);

        attach(file("a.log")).orThrow();

        assertThat(stored()).containsExactly("a.log");
        assertThat(pauses).hasSize(2);
    }

    static List<Arguments> refusals() {
        return List.of(
                arguments(Fault.NOT_FOUND, Kind.NOT_FOUND),
                arguments(Fault.UNSCOPED, Kind.FORBIDDEN),
                arguments(Fault.FORBIDDEN, Kind.FORBIDDEN));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void refusalIsNoDoubtAndDoesNotStopTheOthers(Fault fault, Kind kind) throws Exception {
        SIMULATOR.faults().next(UPLOAD, fault);

        AttachReport report = attach(file("a.log"), file("b.log"));

        assertThat(results(report)).containsExactly(Result.FAILED, Result.ATTACHED);
        assertThat(report.files().get(0).failure().kind()).isEqualTo(kind);
        assertThat(stored()).containsExactly("b.log");
        assertThat(uploads()).isEqualTo(2);
        assertThat(pauses).isEmpty();
    }

    static List<Arguments> passing() {
        return List.of(
                arguments(Fault.NOT_PROCESSED, 10),
                arguments(Fault.MAINTENANCE, 10),
                arguments(Fault.HIBERNATING, 10),
                arguments(Fault.LOGIN_PAGE, 10),
                arguments(Fault.rateLimited(7), 7));
    }

    @ParameterizedTest
    @MethodSource("passing")
    void refusalThatPassesIsWaitedOutAndSaidOnce(Fault fault, int seconds) throws Exception {
        SIMULATOR.faults().next(2, UPLOAD, fault);

        attach(file("a.log"), file("b.log")).orThrow();

        assertThat(stored()).containsExactly("a.log", "b.log");
        assertThat(pauses).containsExactly(Duration.ofSeconds(seconds), Duration.ofSeconds(seconds));
        assertThat(log).filteredOn(line -> line.startsWith("Trying again")).hasSize(1);
    }

    @Test
    void fullQueueIsLeftAloneForUpToHalfAMinute() throws Exception {
        SIMULATOR.faults().next(UPLOAD, Fault.OVERLOADED);

        attach(file("a.log")).orThrow();

        assertThat(uploads()).isEqualTo(2);
        assertThat(pauses)
                .singleElement()
                .asInstanceOf(InstanceOfAssertFactories.DURATION)
                .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(30));
    }

    @Test
    void instanceThatSleepsWhenTheTicketIsLookedForIsWaitedForAndSaidOnce() throws Exception {
        SIMULATOR.faults().next(3, Match.ANY, Fault.MAINTENANCE);

        attach(file("a.log")).orThrow();

        assertThat(stored()).containsExactly("a.log");
        assertThat(pauses).hasSize(3);
        assertThat(log).hasSize(2).first().asString().startsWith("Trying again until it works or the time is up: ");
    }

    @Test
    void refusalThatPassesAfterADoubtIsFollowedByLooks() throws Exception {
        SIMULATOR.faults().next(1, UPLOAD, Fault.CUT);
        SIMULATOR.faults().next(1, UPLOAD, Fault.rateLimited(10));

        attach(file("a.log")).orThrow();

        assertThat(stored()).containsExactly("a.log");
        assertThat(uploads()).isEqualTo(3);
        assertThat(pauses).hasSize(6);
    }

    @Test
    void filesForWhichThereIsNoTimeLeftHaveFailedWithTheReason() throws Exception {
        SIMULATOR.faults().next(UPLOAD, Fault.slow(Duration.ZERO));
        SIMULATOR.faults().always(UPLOAD, Fault.MAINTENANCE);
        Attachments attachments = attachments(file("a.log"), file("b.log"), file("c.log"));

        assertThat(attachments.advance()).isNotNull();
        AttachReport report = attachments.outOfTime();

        assertThat(results(report)).containsExactly(Result.ATTACHED, Result.FAILED, Result.FAILED);
        assertThat(report.files().get(1).failure().kind()).isEqualTo(Kind.ASLEEP);
    }

    @Test
    void fileInDoubtWhenTheTimeIsUpHasAnUnknownOutcome() throws Exception {
        SIMULATOR.faults().always(UPLOAD, Fault.CUT);
        Attachments attachments = attachments(file("a.log"), file("b.log"));

        assertThat(attachments.advance()).isEqualTo(Duration.ofSeconds(5));
        AttachReport report = attachments.outOfTime();

        assertThat(report.files().get(0).failure().kind()).isEqualTo(Kind.OUTCOME_UNKNOWN);
        assertThat(report.files().get(1).failure().kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(report.files().get(1).failure().sentence()).isEqualTo("There was no time left to attach it.");
    }

    @Test
    void ticketThatWasNotFoundInTimeIsTheError() throws Exception {
        SIMULATOR.faults().always(Fault.HIBERNATING);
        Attachments attachments = attachments(file("a.log"));
        attachments.advance();

        assertThat(catchThrowableOfType(ServiceNowException.class, attachments::outOfTime)
                        .kind())
                .isEqualTo(Kind.ASLEEP);
    }

    @Test
    void accountThatIsNoLongerAcceptedStopsAllFiles() throws Exception {
        SIMULATOR.faults().next(UPLOAD, Fault.UNAUTHENTICATED);

        AttachReport report = attach(file("a.log"), file("b.log"));

        assertThat(results(report)).containsExactly(Result.FAILED, Result.FAILED);
        assertThat(uploads()).isEqualTo(1);
    }

    @Test
    void errorAtTheEndNamesTheFilesThatFailed() throws Exception {
        SIMULATOR
                .tables()
                .first("sys_properties", "name", "glide.attachment.extensions")
                .orElseThrow()
                .set("value", "txt");
        AttachReport report = attach(file("a.sh"), file("b.txt"), file("c.exe"));

        ServiceNowException error = catchThrowableOfType(ServiceNowException.class, report::orThrow);

        assertThat(error.kind()).isEqualTo(Kind.BAD_INPUT);
        assertThat(error.sentence())
                .startsWith("2 of 3 files could not be attached to " + incident.number() + ". 'a.sh': ")
                .contains("'c.exe': ")
                .doesNotContain("b.txt");
        assertThat(stored()).containsExactly("b.txt");
    }

    @Test
    void errorNamesNoMoreThanTenFiles() throws Exception {
        SIMULATOR.accounts().add(Simulator.USER, Simulator.PASSWORD, Role.READ_ONLY);
        FileToAttach[] files = new FileToAttach[12];
        for (int i = 0; i < files.length; i++) {
            files[i] = file("f" + i + ".log");
        }

        ServiceNowException error = catchThrowableOfType(
                ServiceNowException.class, () -> attach(files).orThrow());

        assertThat(error.kind()).isEqualTo(Kind.FORBIDDEN);
        assertThat(error.sentence())
                .contains("'f9.log'")
                .doesNotContain("f10.log")
                .endsWith("And 2 more.");
    }

    @Test
    void fileThatGrowsWhileItIsSentIsNotAttachedAndTheOthersAre() throws Exception {
        FileToAttach growing = FileToAttach.of(GivenBody.of(100_000, 100_001), () -> "");

        AttachReport report = attach(growing, file("b.log"));

        assertThat(results(report)).containsExactly(Result.FAILED, Result.ATTACHED);
        assertThat(report.files().get(0).failure().sentence()).contains("has grown beyond its 100000 bytes");
        assertThat(stored()).containsExactly("b.log");
    }

    @Test
    void fileThatVanishedIsNotAttachedAndTheOthersAre() throws Exception {
        FileToAttach gone = file("a.log");
        Files.delete(folder.resolve("a.log"));

        AttachReport report = attach(gone, file("b.log"));

        assertThat(results(report)).containsExactly(Result.FAILED, Result.ATTACHED);
        assertThat(report.files().get(0).failure().sentence()).contains("'a.log' is not there any more");
    }

    @Test
    void fileAboveTheKnownLimitIsRefusedWithTheLimitAndNotSent() throws Exception {
        SIMULATOR.switches().on(Switch.PROPERTIES_READABLE);
        SIMULATOR
                .tables()
                .first("sys_properties", "name", "com.glide.attachment.max_size")
                .orElseThrow()
                .set("value", "2");
        StreamedBody fits = GivenBody.of(2 * 1024 * 1024, 2 * 1024 * 1024);
        StreamedBody tooLarge = GivenBody.of(2 * 1024 * 1024 + 1, 0);

        AttachReport report = attach(FileToAttach.of(tooLarge, () -> ""), FileToAttach.of(fits, () -> ""));

        assertThat(results(report)).containsExactly(Result.FAILED, Result.ATTACHED);
        assertThat(report.files().get(0).failure())
                .hasMessage("files holds 'console.log' with 2,097,153 bytes; the instance takes no file above 2,097,152"
                        + " (com.glide.attachment.max_size).");
        assertThat(uploads()).isEqualTo(1);
        // the ticket, its files, the limit once, the file
        assertThat(SIMULATOR.requestCount()).isEqualTo(4);
    }

    // servicenow-rest §4 [?]: states beside "available"
    @Test
    void fileThatAScannerKeepsBackIsAFailureAlsoTheNextTime_unproven() throws Exception {
        SIMULATOR.switches().attachmentState("not_available");

        AttachReport report = attach(file("virus.txt"));

        assertThat(results(report)).containsExactly(Result.FAILED);
        assertThat(report.files().get(0).failure().kind()).isEqualTo(Kind.NOT_TAKEN);
        assertThat(report.files().get(0).failure().sentence()).contains("keeps 'virus.txt' back (state not_available)");
        assertThat(results(attach(file("virus.txt")))).containsExactly(Result.FAILED);
        assertThat(uploads()).isEqualTo(1);
    }

    @Test
    void fileThatAScannerHasNotSeenYetIsAttachedAndSaidSo_unproven() throws Exception {
        SIMULATOR.switches().on(Switch.ATTACHMENT_HASH_LATE);

        attach(file("a.log")).orThrow();

        assertThat(log).last().asString().contains("once ServiceNow's virus scanner has seen it");
    }

    @Test
    void ticketThatIsNotThereIsOneErrorAndNothingIsSent() throws Exception {
        FileToAttach file = file("a.log");

        SIMULATOR.tables().remove(incident);
        ServiceNowException error = catchThrowableOfType(ServiceNowException.class, () -> attach(file));

        assertThat(error.kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(uploads()).isZero();
    }

    @Test
    void filesThatCannotBeListedAreOneErrorAndNothingIsSent() throws Exception {
        SIMULATOR.faults().always(LIST, Fault.FORBIDDEN);
        FileToAttach file = file("a.log");

        ServiceNowException error = catchThrowableOfType(ServiceNowException.class, () -> attach(file));

        assertThat(error.kind()).isEqualTo(Kind.FORBIDDEN);
        assertThat(uploads()).isZero();
    }

    @Test
    void reportAndErrorsShowNoSecret() throws Exception {
        SIMULATOR.faults().next(2, UPLOAD, Fault.CUT);

        AttachReport report = attach(file("a.log"));

        assertThat(report.toString() + log).doesNotContain(Simulator.PASSWORD).doesNotContain("Basic ");
    }
}
