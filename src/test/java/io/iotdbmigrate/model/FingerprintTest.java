package io.iotdbmigrate.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FingerprintTest {
    /** Journals hold such hashes: another one here is another form of the journal. */
    @Test
    void staysTheSameFromVersionToVersion() {
        assertThat(new Fingerprint().add("a", "b").add("n", 7).add("is", true).hex())
                .isEqualTo("95d20f17f2687a361b94013fa5031853");
    }

    @Test
    void tellsApartWhatWouldBeOneText() {
        assertThat(new Fingerprint().add("a", "bc").hex())
                .isNotEqualTo(new Fingerprint().add("ab", "c").hex());
        assertThat(new Fingerprint().add("a", "").add("b", "").hex())
                .isNotEqualTo(new Fingerprint().add("a", "b").hex());
    }
}
