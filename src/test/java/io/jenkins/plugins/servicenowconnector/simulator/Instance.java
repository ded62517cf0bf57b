package io.jenkins.plugins.servicenowconnector.simulator;

import io.jenkins.plugins.servicenowconnector.simulator.importset.StagingTables;
import io.jenkins.plugins.servicenowconnector.simulator.instance.InstanceClock;
import io.jenkins.plugins.servicenowconnector.simulator.instance.Later;
import io.jenkins.plugins.servicenowconnector.simulator.instance.Switches;
import io.jenkins.plugins.servicenowconnector.simulator.rest.Accounts;
import io.jenkins.plugins.servicenowconnector.simulator.rest.ImportApi;
import io.jenkins.plugins.servicenowconnector.simulator.rest.RateLimits;
import io.jenkins.plugins.servicenowconnector.simulator.rest.RestApi;
import io.jenkins.plugins.servicenowconnector.simulator.rest.Role;
import io.jenkins.plugins.servicenowconnector.simulator.rule.BaseSystem;
import io.jenkins.plugins.servicenowconnector.simulator.rule.DemoRows;
import io.jenkins.plugins.servicenowconnector.simulator.rule.DictionaryRows;
import io.jenkins.plugins.servicenowconnector.simulator.rule.Records;
import io.jenkins.plugins.servicenowconnector.simulator.rule.ServiceDesk;
import io.jenkins.plugins.servicenowconnector.simulator.signin.SignIn;
import io.jenkins.plugins.servicenowconnector.simulator.table.Tables;
import java.time.Duration;

/** The parts of one instance, put together. */
final class Instance implements AutoCloseable {

    private final InstanceClock clock = new InstanceClock();
    private final Switches switches = new Switches();
    private final Tables tables = new Tables(clock);
    private final Later flow = new Later(tables);
    private final Later commits = new Later(tables);
    private final Records records = new Records(tables, clock);
    private final ServiceDesk desk = ServiceDesk.over(records, flow, switches);
    private final Accounts accounts = new Accounts(tables);
    private final RateLimits rateLimits = new RateLimits(clock);
    private final RestApi api = new RestApi(accounts, switches, records, clock, rateLimits);
    private final StagingTables stagingTables = new StagingTables(records, switches);
    private final SignIn signIn = new SignIn(accounts, clock, api);

    Instance() {
        api.endpoint(new ImportApi(tables, stagingTables, switches));
        reset();
    }

    void reset() {
        synchronized (tables) {
            flow.forget();
            commits.forget();
            clock.offset(Duration.ZERO);
            switches.reset();
            rateLimits.clear();
            signIn.reset();
            api.attachments().clear();
            tables.clear();
            BaseSystem.declare(tables);
            DemoRows.fill(tables);
            DictionaryRows.fill(tables);
            stagingTables.reset();
            accounts.clear();
            accounts.add(Simulator.USER, Simulator.PASSWORD, Role.ITIL, Role.IMPORT_SET_LOADER);
        }
    }

    InstanceClock clock() {
        return clock;
    }

    Switches switches() {
        return switches;
    }

    Tables tables() {
        return tables;
    }

    /** What flows will do. */
    Later flow() {
        return flow;
    }

    /** Writes whose connection was cut before they were stored. */
    Later commits() {
        return commits;
    }

    ServiceDesk desk() {
        return desk;
    }

    Accounts accounts() {
        return accounts;
    }

    RateLimits rateLimits() {
        return rateLimits;
    }

    StagingTables stagingTables() {
        return stagingTables;
    }

    SignIn signIn() {
        return signIn;
    }

    RestApi api() {
        return api;
    }

    @Override
    public void close() {
        flow.close();
        commits.close();
    }
}
