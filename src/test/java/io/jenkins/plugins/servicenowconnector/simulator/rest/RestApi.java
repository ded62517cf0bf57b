package io.jenkins.plugins.servicenowconnector.simulator.rest;

import io.jenkins.plugins.servicenowconnector.simulator.instance.InstanceClock;
import io.jenkins.plugins.servicenowconnector.simulator.instance.Switch;
import io.jenkins.plugins.servicenowconnector.simulator.instance.Switches;
import io.jenkins.plugins.servicenowconnector.simulator.rule.Records;
import io.jenkins.plugins.servicenowconnector.simulator.rule.Refusal;
import io.jenkins.plugins.servicenowconnector.simulator.table.DisplayValues;
import io.jenkins.plugins.servicenowconnector.simulator.table.Reader;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** The way of a call through a node: size, identity, interface, answer. */
public final class RestApi {

    private final Accounts accounts;
    private final Switches switches;
    private final Records records;
    private final Rights rights;
    private final AnswerHeaders headers;
    private final RateLimits rateLimits;
    private final AttachmentApi attachments;
    private final List<Door> doors = new CopyOnWriteArrayList<>();
    private final List<Endpoint> endpoints = new CopyOnWriteArrayList<>();
    private final List<OpenEndpoint> openEndpoints = new CopyOnWriteArrayList<>();

    public RestApi(Accounts accounts, Switches switches, Records records, InstanceClock clock, RateLimits rateLimits) {
        this.accounts = accounts;
        this.switches = switches;
        this.records = records;
        this.rateLimits = rateLimits;
        rights = new Rights(records.tables(), switches);
        headers = new AnswerHeaders(clock);
        doors.add(new BasicAuth(accounts));
        endpoints.add(new TableApi(records, switches, rights));
        attachments = new AttachmentApi(records, switches, rights);
        endpoints.add(attachments);
        endpoints.add(new ChangeApi(records.tables(), switches, rights));
    }

    /** The files that are attached to records. */
    public AttachmentApi attachments() {
        return attachments;
    }

    /** Adds another way to prove who calls. */
    public void door(Door door) {
        doors.add(door);
    }

    /** Adds another REST interface. */
    public void endpoint(Endpoint endpoint) {
        endpoints.add(endpoint);
    }

    /** Adds a path that needs nobody signed in, such as one that hands out tokens. */
    public void openEndpoint(OpenEndpoint endpoint) {
        openEndpoints.add(endpoint);
    }

    /** The answer of a healthy instance. */
    public Reply answer(Call call) {
        Optional<Reply> open = openEndpoints.stream()
                .flatMap(endpoint -> endpoint.answer(call).stream())
                .findFirst();
        if (open.isPresent()) {
            return headers.on(open.get(), call, false);
        }
        if (!call.path().startsWith("/api/")) {
            return headers.on(Reply.empty(302).with("Location", call.address() + "/login.do"), call, false);
        }
        Optional<Account> caller =
                doors.stream().flatMap(door -> door.enter(call).stream()).findFirst();
        Reply reply = caller.map(account -> answer(call, account)).orElseGet(RestApi::unauthenticated);
        return headers.on(withoutBodyIfAsked(reply, call), call, caller.isPresent());
    }

    /** The same for every cause: unknown user, wrong password, restriction. */
    public static Reply unauthenticated() {
        return Reply.error(401, "User is not authenticated", "Required to provide Auth information")
                .with("WWW-Authenticate", "BASIC realm=\"Service-now\"");
    }

    private Reply answer(Call call, Account account) {
        synchronized (records.tables()) {
            try {
                check(call, account);
                Reply refused = rateLimits.count(call).orElse(null);
                return refused != null ? refused : rateLimits.onAnswer(dispatch(call, session(call, account)), call);
            } catch (ApiError error) {
                return error.reply();
            } catch (Refusal refusal) {
                return ApiError.of(refusal).reply();
            }
        }
    }

    private void check(Call call, Account account) {
        boolean isTooLong = call.path().length() + 1 + call.query().length() > switches.urlLimit();
        if (isTooLong) {
            throw new ApiError(414, "URI Too Long", null);
        }
        if (!rights.mayUseApi(account)) {
            throw new ApiError(403, "User Not Authorized", "Failed API level ACL Validation");
        }
        String accept = call.header("Accept");
        if (!accept.isEmpty() && !accept.contains("json") && !accept.contains("*/*")) {
            throw new ApiError(406, "Not Acceptable", null);
        }
        boolean hasBody = call.body().length > 0;
        if (AttachmentApi.isFile(call) && !switches.isOn(Switch.FILE_COUNTS_AS_BODY)) {
            return;
        }
        if (hasBody
                && call.isWrite()
                && !AttachmentApi.isFile(call)
                && !call.header("Content-Type").contains("json")) {
            throw new ApiError(415, "Unsupported Media Type", null);
        }
        if (call.body().length > switches.bodyLimit()) {
            throw ApiError.unreadable(
                    "Rejected large REST payload with content-length = %d bytes. Max allowed: %d bytes."
                            .formatted(call.body().length, switches.bodyLimit()));
        }
    }

    private Reply dispatch(Call call, Session session) {
        return endpoints.stream()
                .flatMap(endpoint -> endpoint.answer(call, session).stream())
                .findFirst()
                .orElseThrow(ApiError::noResource);
    }

    private Session session(Call call, Account account) {
        Optional<Row> user = accounts.row(account.userName());
        ZoneId zone = user.map(row -> row.get("time_zone"))
                .filter(name -> !name.isEmpty())
                .map(ZoneId::of)
                .orElse(ZoneOffset.UTC);
        ZoneId literals = switches.isOn(Switch.DATE_LITERALS_IN_USER_ZONE) ? zone : ZoneOffset.UTC;
        Reader reader = new Reader(account.userName(), user.map(Row::sysId).orElse(""), zone, literals);
        String address = switches.linkHost().isEmpty() ? call.address() : switches.linkHost();
        return new Session(account, reader, new DisplayValues(records.tables(), zone), address);
    }

    private static Reply withoutBodyIfAsked(Reply reply, Call call) {
        boolean isUnwanted = call.isWrite() && call.header("X-no-response-body").equals("true") && reply.status() < 300;
        return isUnwanted || call.method().equals("HEAD") ? reply.withBody("") : reply;
    }
}
