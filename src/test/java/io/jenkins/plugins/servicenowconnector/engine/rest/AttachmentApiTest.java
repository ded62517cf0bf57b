package io.jenkins.plugins.servicenowconnector.engine.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.jenkins.plugins.servicenowconnector.engine.SimulatedInstance;
import io.jenkins.plugins.servicenowconnector.engine.auth.Authentication;
import io.jenkins.plugins.servicenowconnector.engine.auth.BasicAuthentication;
import io.jenkins.plugins.servicenowconnector.engine.http.AuthHeader;
import io.jenkins.plugins.servicenowconnector.engine.http.GivenBody;
import io.jenkins.plugins.servicenowconnector.engine.http.HttpTransport;
import io.jenkins.plugins.servicenowconnector.engine.http.Limits;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.simulator.Exchange;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.instance.Switch;
import io.jenkins.plugins.servicenowconnector.simulator.rest.Role;
import io.jenkins.plugins.servicenowconnector.simulator.rest.StoredFile;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import io.jenkins.plugins.servicenowconnector.simulator.table.Schema;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AttachmentApiTest {

    private static final Simulator SIMULATOR = Simulator.start();
    private static final int MEGABYTE = 1024 * 1024;

    private final AttachmentApi api = new AttachmentApi(SimulatedInstance.of(SIMULATOR));

    private Row incident;

    @BeforeEach
    void reset() {
        SIMULATOR.reset();
        incident = SIMULATOR.tables().seed("incident", Map.of("short_description", "x"));
    }

    @AfterAll
    static void stop() {
        SIMULATOR.close();
    }

    private Attachment upload(String name, int size) throws Exception {
        return api.upload("incident", incident.sysId(), name, "text/plain", GivenBody.of(size, size));
    }

    private ServiceNowException refusal(String name, int size) {
        return catchThrowableOfType(ServiceNowException.class, () -> upload(name, size));
    }

    private static void property(String name, String value) {
        SIMULATOR.tables().first("sys_properties", "name", name).orElseThrow().set("value", value);
    }

    @Test
    void fileIsSentWithOneRequestAndComesBackAsItIsStored() throws Exception {
        Attachment stored = upload("console.log", 5_896);

        StoredFile file = SIMULATOR.files().get(0);
        assertThat(stored).isEqualTo(new Attachment(file.sysId(), "console.log", 5_896, file.sha256(), "available"));
        assertThat(file.tableName()).isEqualTo("incident");
        assertThat(file.tableSysId()).isEqualTo(incident.sysId());
        assertThat(file.contentType()).isEqualTo("text/plain");
        assertThat(SIMULATOR.requests())
                .singleElement()
                .extracting(Exchange::path)
                .isEqualTo("/api/now/attachment/file");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Überblick für Zürich.log",
                "変更 🚀.txt",
                "a;b=c&d.log",
                "\"quoted\" 'file'.log",
                "100%+#?.log",
                "a,b^c.log",
                " leading.log"
            })
    void nameArrivesLetterByLetter(String name) throws Exception {
        assertThat(upload(name, 3).fileName()).isEqualTo(name);

        assertThat(SIMULATOR.files()).extracting(StoredFile::fileName).containsExactly(name);
        assertThat(api.list("incident", incident.sysId()))
                .extracting(Attachment::fileName)
                .containsExactly(name);
    }

    @Test
    void hashAndStateThatComeLaterAreEmptyUntilThen() throws Exception {
        SIMULATOR.switches().on(Switch.ATTACHMENT_HASH_LATE);

        Attachment stored = upload("a.log", 3);

        assertThat(stored.hash()).isEmpty();
        assertThat(stored.isPending()).isTrue();
        Attachment listed = api.list("incident", incident.sysId()).get(0);
        assertThat(listed.hash()).isEqualTo(SIMULATOR.files().get(0).sha256());
        assertThat(listed.isPending()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"available,false", "'',false", "pending,false", "available_conditionally,false", "not_available,true"})
    void stateSaysWhetherAScannerKeepsTheFileBack_unproven(String state, boolean blocked) throws Exception {
        SIMULATOR.switches().attachmentState(state);

        assertThat(upload("a.log", 3).isBlocked()).isEqualTo(blocked);
    }

    @Test
    void onlyTheFilesOfTheRecordAreListed() throws Exception {
        Row other = SIMULATOR.tables().seed("incident", Map.of());
        api.upload("incident", other.sysId(), "other.log", "text/plain", GivenBody.of(1, 1));
        upload("a.log", 1);

        assertThat(api.list("incident", incident.sysId()))
                .extracting(Attachment::fileName)
                .containsExactly("a.log");
    }

    @Test
    void filesOfOtherRecordsDoNotCountWhereTheInstanceDropsAConditionOfTheQuery() throws Exception {
        String foreign = "{\"sys_id\":\"" + "1".repeat(32) + "\",\"file_name\":\"a.log\",\"table_sys_id\":\""
                + "2".repeat(32) + "\"}";
        AttachmentApi canned = new AttachmentApi(
                CannedInstance.json(200, "{\"result\":[" + foreign + "]}").open());

        assertThat(canned.list("incident", incident.sysId())).isEmpty();
    }

    @Test
    void listIsReadPageByPage() throws Exception {
        for (int i = 0; i < 1_001; i++) {
            SIMULATOR
                    .tables()
                    .seed(
                            "sys_attachment",
                            Map.of(
                                    "file_name",
                                    "f" + i,
                                    "size_bytes",
                                    "1",
                                    "table_name",
                                    "incident",
                                    "table_sys_id",
                                    incident.sysId()));
        }

        assertThat(api.list("incident", incident.sysId()))
                .extracting(Attachment::fileName)
                .hasSize(1_001)
                .doesNotHaveDuplicates();
        assertThat(SIMULATOR.requestCount()).isEqualTo(2);
    }

    @Test
    void pageThatRightsHaveShortenedIsNotTheLast() throws Exception {
        Row hidden = SIMULATOR
                .tables()
                .seed("sys_attachment", Map.of("table_name", "incident", "table_sys_id", incident.sysId()));
        SIMULATOR.switches().unreadable(hidden.sysId());
        listIsReadPageByPage();
    }

    static List<Arguments> sizeRefusals() {
        return List.of(arguments(false, 400), arguments(true, 403));
    }

    // servicenow-rest §13 no. 6 [?]: status and words of these refusals
    @ParameterizedTest
    @MethodSource("sizeRefusals")
    void fileAboveTheLimitIsRefusedInAWord_unproven(boolean asForbidden, int status) {
        property("com.glide.attachment.max_size", "1");
        if (asForbidden) {
            SIMULATOR.switches().on(Switch.FILE_REFUSED_AS_FORBIDDEN);
        }

        ServiceNowException error = refusal("core.dump", MEGABYTE + 1);

        assertThat(error.kind()).isEqualTo(Kind.BAD_INPUT);
        assertThat(error.sentence()).startsWith("The file 'core.dump' has 1,048,577 bytes, more than localhost:");
        assertThat(error.facts().status()).isEqualTo(status);
        assertThat(SIMULATOR.files()).isEmpty();
    }

    @Test
    void limitOfRequestsThatBoundsFilesTooIsSaidInTheSameWords_unproven() {
        SIMULATOR.switches().on(Switch.FILE_COUNTS_AS_BODY).bodyLimit(1_000);

        assertThat(refusal("a.log", 1_001).sentence()).startsWith("The file 'a.log' has 1,001 bytes, more than");
    }

    @Test
    void gatewayThatFindsTheBodyTooLargeIsSaidInTheSameWords() {
        AttachmentApi canned = new AttachmentApi(
                CannedInstance.html(413, "Request Entity Too Large").open());

        ServiceNowException error = catchThrowableOfType(
                ServiceNowException.class,
                () -> canned.upload("incident", incident.sysId(), "a.log", "text/plain", GivenBody.of(7, 7)));

        assertThat(error.sentence()).startsWith("The file 'a.log' has 7 bytes, more than dev1.service-now.com takes");
    }

    @ParameterizedTest
    @MethodSource("sizeRefusals")
    void extensionThatIsNotAllowedIsRefusedInAWord_unproven(boolean asForbidden, int status) {
        property("glide.attachment.extensions", "txt,png");
        if (asForbidden) {
            SIMULATOR.switches().on(Switch.FILE_REFUSED_AS_FORBIDDEN);
        }

        ServiceNowException error = refusal("run.sh", 1);

        assertThat(error.kind()).isEqualTo(Kind.BAD_INPUT);
        assertThat(error.sentence()).contains("does not take the file 'run.sh'").contains("extension");
        assertThat(error.facts().status()).isEqualTo(status);
    }

    @Test
    void missingRightIsForbidden() {
        SIMULATOR.accounts().add(Simulator.USER, Simulator.PASSWORD, Role.READ_ONLY);

        ServiceNowException error = refusal("a.log", 1);

        assertThat(error.kind()).isEqualTo(Kind.FORBIDDEN);
        assertThat(error.sentence())
                .contains("refuses files for incident: the account needs the right to create rows in sys_attachment");
    }

    @Test
    void recordThatIsNotThereIsNotFound() {
        ServiceNowException error = catchThrowableOfType(
                ServiceNowException.class,
                () -> api.upload("incident", "0".repeat(32), "a.log", "text/plain", GivenBody.of(1, 1)));

        assertThat(error.kind()).isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void answerThatNamesNoKeyDoesNotCount() {
        AttachmentApi canned =
                new AttachmentApi(CannedInstance.json(201, "{\"result\":{}}").open());

        ServiceNowException error = catchThrowableOfType(
                ServiceNowException.class,
                () -> canned.upload("incident", incident.sysId(), "a.log", "text/plain", GivenBody.of(1, 1)));

        assertThat(error.kind()).isEqualTo(Kind.PROTOCOL);
    }

    @Test
    void fileIsReadFromItsStartAgainAfterAnAccessTokenWasRenewed() throws Exception {
        GivenBody body = GivenBody.of(100_000, 100_000);
        Instance renewing = new Instance(
                SIMULATOR.url(),
                new Renewing(),
                HttpTransport.shared(),
                Limits.DEFAULT,
                SimulatedInstance.USER_AGENT,
                InstantSource.system());

        new AttachmentApi(renewing).upload("incident", incident.sysId(), "a.log", "text/plain", body);

        assertThat(SIMULATOR.requests()).extracting(Exchange::status).containsExactly(401, 201);
        assertThat(SIMULATOR.files()).extracting(StoredFile::size).containsExactly(100_000L);
        assertThat(body.opened()).isEqualTo(2);
        assertThat(body.isClosed()).isTrue();
    }

    /** Who gives a stale header first. */
    private static final class Renewing implements Authentication {

        private boolean renewed;

        @Override
        public AuthHeader header() throws ServiceNowException, InterruptedException {
            return renewed
                    ? new BasicAuthentication(Simulator.USER, Simulator.PASSWORD).header()
                    : new AuthHeader("Authorization", "Bearer stale");
        }

        @Override
        public boolean replaces(AuthHeader refused) {
            renewed = true;
            return true;
        }
    }

    @Test
    void instancesLimitIsKnownToWhomItMayBe() throws Exception {
        assertThat(api.largest()).isEqualTo(Long.MAX_VALUE);

        SIMULATOR.switches().on(Switch.PROPERTIES_READABLE);
        assertThat(api.largest()).isEqualTo(1024L * MEGABYTE);
    }

    @Test
    void limitThatCannotBeAskedForIsNotKnown() throws Exception {
        SIMULATOR.tables().declare(Schema.table("sys_properties"));

        assertThat(api.largest()).isEqualTo(Long.MAX_VALUE);
    }
}
