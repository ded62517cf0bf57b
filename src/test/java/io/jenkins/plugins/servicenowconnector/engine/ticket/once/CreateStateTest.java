package io.jenkins.plugins.servicenowconnector.engine.ticket.once;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.servicenowconnector.engine.ticket.Ticket;
import io.jenkins.plugins.servicenowconnector.engine.ticket.once.CreateState.Stage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CreateStateTest {

    private static final Mark MARK = new Mark("0".repeat(32), "jenkins-1");

    // what lives in a run's action is written by XStream, which takes neither records nor java.time
    @Test
    void fieldsArePlain() {
        for (Field field : CreateState.class.getDeclaredFields()) {
            Class<?> type = field.getType();
            assertThat(Modifier.isStatic(field.getModifiers())
                            || type.isPrimitive()
                            || type == String.class
                            || type.isEnum())
                    .as(field.getName())
                    .isTrue();
        }
    }

    @Test
    void everyTransitionLeavesTheStateBeforeAsItIs() {
        CreateState first = CreateState.first(Attempts.onceFor("x"));
        CreateState sending = first.sending("incident", MARK, Instant.EPOCH);

        assertThat(first.stage()).isEqualTo(Stage.PERHAPS);
        assertThat(first.table()).isEmpty();
        assertThat(sending.isOpen()).isTrue();
        assertThat(sending.anotherAttempt().isEarlier()).isTrue();
        assertThat(sending.isEarlier()).isFalse();
        assertThat(sending.next().number()).isEqualTo(2);
        assertThat(sending.number()).isEqualTo(1);
    }

    @Test
    void stateIsTheSameAfterItWasStored() throws Exception {
        Ticket ticket = new Ticket("incident", "1".repeat(32), "INC1", Map.of());
        CreateState state = CreateState.first(Identity.none())
                .next()
                .sending("incident", MARK, Instant.ofEpochMilli(5))
                .done(ticket, List.of("risk", "category"), Kept.YES, Kept.NO)
                .anotherAttempt();

        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new ObjectOutputStream(bytes).writeObject(state);
        Object read = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();

        assertThat(read).usingRecursiveComparison().isEqualTo(state);
        assertThat(state.notTaken()).containsExactly("risk", "category");
    }

    @Test
    void stateOfAnEarlierReleaseHasNoFieldsThatWereNotTaken() throws Exception {
        CreateState old = CreateState.first(Identity.none());
        Field added = CreateState.class.getDeclaredField("notTaken");
        added.setAccessible(true);
        added.set(old, null);

        assertThat(old.anotherAttempt().notTaken()).isEmpty();
    }
}
