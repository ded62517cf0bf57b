package io.jenkins.plugins.servicenowconnector.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.jenkins.plugins.servicenowconnector.simulator.Caller.Response;
import io.jenkins.plugins.servicenowconnector.simulator.instance.Switch;
import io.jenkins.plugins.servicenowconnector.simulator.rest.Role;
import io.jenkins.plugins.servicenowconnector.simulator.rest.StoredFile;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of records (servicenow-rest §4). */
class AttachmentApiTest {

    private static final Simulator SIMULATOR = Simulator.start();
    private static final String API = "/api/now/attachment";

    /** Of the text "abc". */
    private static final String SHA256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

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

    private String file(String name) {
        return API + "/file?table_name=incident&table_sys_id=" + incident.sysId() + "&file_name=" + name;
    }

    private Response post(String name) throws Exception {
        return Caller.of(SIMULATOR).send("POST", file(name), "abc", "Content-Type", "text/plain");
    }

    private Response list() throws Exception {
        return Caller.of(SIMULATOR).get(API + "?sysparm_query=table_name=incident%5Etable_sys_id=" + incident.sysId());
    }

    private static void property(String name, String value) {
        SIMULATOR.tables().first("sys_properties", "name", name).orElseThrow().set("value", value);
    }

    @Test
    void rawFileIsStoredAndDescribed() throws Exception {
        Response response = post("a%20%C3%BC.log");

        assertThat(response.status()).isEqualTo(201);
        assertThat(response.field("file_name")).isEqualTo("a ü.log");
        assertThat(response.field("size_bytes")).isEqualTo("3");
        assertThat(response.field("hash")).isEqualTo(SHA256);
        assertThat(response.field("state")).isEqualTo("available");
        assertThat(response.field("content_type")).isEqualTo("text/plain");
        assertThat(response.header("Location")).endsWith(API + "/" + response.field("sys_id"));
        assertThat(SIMULATOR.files())
                .containsExactly(new StoredFile(
                        response.field("sys_id"), "incident", incident.sysId(), "a ü.log", "text/plain", 3, SHA256));
    }

    @Test
    void fileOfAFormIsStoredToo() throws Exception {
        String form = "--x\r\nContent-Disposition: form-data; name=\"table_name\"\r\n\r\nincident\r\n"
                + "--x\r\nContent-Disposition: form-data; name=\"table_sys_id\"\r\n\r\n" + incident.sysId() + "\r\n"
                + "--x\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a.log\"\r\n"
                + "Content-Type: text/plain\r\n\r\nabc\r\n--x--\r\n";

        Response response = Caller.of(SIMULATOR)
                .send("POST", API + "/upload", form, "Content-Type", "multipart/form-data; boundary=x");

        assertThat(response.status()).isEqualTo(201);
        assertThat(SIMULATOR.files())
                .extracting(StoredFile::fileName, StoredFile::contentType, StoredFile::sha256)
                .containsExactly(tuple("a.log", "text/plain", SHA256));
    }

    @Test
    void sameNameTwiceMakesTwoFilesAndBothAreListed() throws Exception {
        post("a.log");
        post("a.log");

        Response response = list();

        assertThat(response.column("file_name")).containsExactly("a.log", "a.log");
        assertThat(response.header("X-Total-Count")).isEqualTo("2");
        assertThat(Caller.of(SIMULATOR)
                        .query("sys_attachment", "table_sys_id=" + incident.sysId())
                        .column("hash"))
                .containsExactly(SHA256, SHA256);
    }

    @Test
    void oneFileIsReadRenamedAndDeleted() throws Exception {
        SIMULATOR.accounts().add(Simulator.USER, Simulator.PASSWORD, Role.ADMIN);
        String path = API + "/" + post("a.log").field("sys_id");
        Caller caller = Caller.of(SIMULATOR);

        assertThat(caller.send("PATCH", path, "{\"file_name\":\"b.log\"}").status())
                .isEqualTo(204);
        assertThat(caller.get(path).field("file_name")).isEqualTo("b.log");
        assertThat(caller.send("DELETE", path, "").status()).isEqualTo(204);
        assertThat(caller.get(path).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({"table_name", "table_sys_id", "file_name"})
    void missingParameterIsABadRequest(String name) throws Exception {
        String path = file("a.log").replaceAll("&?" + name + "=[^&]*", "");

        Response response = Caller.of(SIMULATOR).send("POST", path, "abc", "Content-Type", "text/plain");

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.message()).endsWith(name);
    }

    @Test
    void recordThatIsNotThereIsNotFound() throws Exception {
        Response response = Caller.of(SIMULATOR)
                .send("POST", file("a").replace(incident.sysId(), "0".repeat(32)), "abc", "Content-Type", "text/plain");

        assertThat(response.status()).isEqualTo(404);
        assertThat(SIMULATOR.files()).isEmpty();
    }

    @Test
    void whoMayOnlyReadMayNotAttach() throws Exception {
        SIMULATOR.accounts().add("reader", "secret", Role.READ_ONLY);

        Response response = Caller.as(SIMULATOR, "reader", "secret")
                .send("POST", file("a.log"), "abc", "Content-Type", "text/plain");

        assertThat(response.status()).isEqualTo(403);
        assertThat(response.detail()).startsWith("ACL Exception Insert");
    }

    // servicenow-rest §13 no. 6 [?]: status and words of these refusals
    @ParameterizedTest
    @CsvSource({"false,400", "true,403"})
    void extensionThatIsNotAllowedIsRefused_unproven(boolean asForbidden, int status) throws Exception {
        property("glide.attachment.extensions", "txt,png");
        if (asForbidden) {
            SIMULATOR.switches().on(Switch.FILE_REFUSED_AS_FORBIDDEN);
        }

        assertThat(post("a.log").status()).isEqualTo(status);
        assertThat(post("a.TXT").status()).isEqualTo(201);
    }

    @Test
    void fileAboveTheInstancesLimitIsRefused() throws Exception {
        property("com.glide.attachment.max_size", "0");

        assertThat(post("a.log").detail()).contains("exceeds the maximum");
    }

    @ParameterizedTest
    @CsvSource({"false,201", "true,400"})
    void limitOfRequestsBoundsFilesToo_unproven(boolean bound, int status) throws Exception {
        SIMULATOR.switches().bodyLimit(2);
        if (bound) {
            SIMULATOR.switches().on(Switch.FILE_COUNTS_AS_BODY);
        }

        assertThat(post("a.log").status()).isEqualTo(status);
    }

    @Test
    void hashCanBeAbsentOrComeLater() throws Exception {
        SIMULATOR.switches().on(Switch.ATTACHMENT_HASH_LATE);
        assertThat(post("late.log").field("hash")).isEmpty();
        assertThat(list().column("hash")).containsExactly(SHA256);

        SIMULATOR.switches().off(Switch.ATTACHMENT_HASH_LATE).on(Switch.ATTACHMENT_HASH_ABSENT);
        post("absent.log");
        assertThat(list().column("hash")).containsExactly(SHA256, "");
    }

    @Test
    void propertiesAreForAdministratorsUnlessOpened() throws Exception {
        String query = "name=com.glide.attachment.max_size";
        assertThat(Caller.of(SIMULATOR).query("sys_properties", query).column("value"))
                .isEmpty();

        SIMULATOR.switches().on(Switch.PROPERTIES_READABLE);
        assertThat(Caller.of(SIMULATOR).query("sys_properties", query).column("value"))
                .containsExactly("1024");
    }
}
