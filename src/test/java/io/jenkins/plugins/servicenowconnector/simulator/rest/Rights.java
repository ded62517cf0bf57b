package io.jenkins.plugins.servicenowconnector.simulator.rest;

import io.jenkins.plugins.servicenowconnector.simulator.instance.Switch;
import io.jenkins.plugins.servicenowconnector.simulator.instance.Switches;
import io.jenkins.plugins.servicenowconnector.simulator.table.Column;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import io.jenkins.plugins.servicenowconnector.simulator.table.Tables;
import java.util.Optional;
import java.util.Set;

/** The access control lists: what an account may read or write. */
final class Rights {

    private static final Set<String> READ_ONLY_TABLES = Set.of("sc_request", "sc_req_item", "sys_journal_field");

    private static final String PROPERTIES = "sys_properties";

    private final Tables tables;
    private final Switches switches;

    Rights(Tables tables, Switches switches) {
        this.tables = tables;
        this.switches = switches;
    }

    /** Whether the account gets past the REST endpoint's own access control, where that is active. */
    boolean mayUseApi(Account account) {
        return !switches.isOn(Switch.API_ROLE_DEMANDED) || account.has(Role.ITIL) || account.has(Role.REST_API_ACCESS);
    }

    boolean mayRead(Account account, Row row) {
        boolean isReader = account.has(Role.ITIL) || account.has(Role.READ_ONLY) || account.has(Role.ITIL_ADMIN);
        if (row.table().equals(PROPERTIES) && !account.has(Role.ADMIN)) {
            return switches.isOn(Switch.PROPERTIES_READABLE);
        }
        boolean isOwn = row.table().equals("sys_user")
                && row.is("user_name", account.userName())
                && switches.isOn(Switch.OWN_USER_ROW_READABLE);
        boolean isHidden = row.table().equals("sys_template") && !account.has(Role.ADMIN) && isOfOthers(account, row);
        return !switches.isUnreadable(row.table())
                && !switches.isUnreadable(row.sysId())
                && !isHidden
                && (isReader || isOwn);
    }

    /** Personal and group templates are invisible to others (servicenow-rest §14). */
    private boolean isOfOthers(Account account, Row template) {
        boolean isForAll = template.is("global", "true") || template.isEmpty("user") && template.isEmpty("group");
        String me = tables.first("sys_user", "user_name", account.userName())
                .map(Row::sysId)
                .orElse("");
        boolean isMember = tables.rows("sys_user_grmember").stream()
                .anyMatch(row -> row.is("user", me) && row.is("group", template.get("group")));
        return !isForAll && !template.is("user", me) && !isMember;
    }

    boolean mayRead(String table) {
        return !switches.isUnreadable(table);
    }

    boolean mayRead(String table, Column column) {
        return !switches.isUnreadable(table + "." + column.name());
    }

    boolean mayWrite(String table, Column column) {
        return !column.readOnly() && !switches.isUnwritable(table + "." + column.name());
    }

    boolean mayCreate(Account account, String table) {
        return account.has(Role.ITIL) && isOpen(table) && !table.equals("sysapproval_approver");
    }

    /** An approver row is decided by its approver only, or by who may decide everybody's. */
    boolean mayUpdate(Account account, Row row) {
        if (row.table().equals("sysapproval_approver")) {
            Optional<Row> approver = tables.find("sys_user", row.get("approver"));
            boolean isApprover = approver.filter(user -> user.is("user_name", account.userName()))
                    .isPresent();
            return isOpen(row.table()) && (isApprover || account.has(Role.APPROVAL_ADMIN));
        }
        return account.has(Role.ITIL) && isOpen(row.table());
    }

    boolean mayDelete(Account account, Row row) {
        return account.has(Role.ITIL_ADMIN) && isOpen(row.table());
    }

    private boolean isOpen(String table) {
        return !READ_ONLY_TABLES.contains(table) && !switches.isUnwritable(table);
    }
}
