package io.iotdbmigrate.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.architecture.Javadoc.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How the comments of {@code src/main} begin; see CONTRIBUTING.md. */
class JavadocTest {
    /** The third person of a verb, as in "Reads". */
    private static final Pattern VERB = Pattern.compile("\\p{Lu}\\p{Ll}*s");

    /** Words of that form which are no verbs; a comment that begins so names things. */
    private static final Set<String> NO_VERBS =
            Set.of(
                    ("Afterwards Always Bytes Causes Connections Reasons Corrections Counts Deserializers Devices"
                                    + " Differences Durations Executables Files Grants Hooks Its"
                                    + " Keys Lines Mappings Measurements Microseconds Names Notes"
                                    + " Options Pages Paths Points Positions Progress Queries Questions"
                                    + " Readers Rows Sentences Sessions Tables This Times Values"
                                    + " Without Words")
                            .split(" "));

    /** Of them, those that are verbs at the beginning of a method's comment. */
    private static final Set<String> VERBS_TOO = Set.of("Counts", "Names", "Notes");

    /** Comments that lean on what stands before them, or have words that we do without. */
    private static final Pattern LEANING =
            Pattern.compile("(Of|Nor|The same)\\b.*|.*\\b([Ll]ikewise|gone on with)\\b.*");

    private static List<Javadoc> all;

    @BeforeAll
    static void read() throws IOException {
        all = Javadoc.below(Path.of("src/main/java"));
        assertThat(all).extracting(Javadoc::kind).contains(Kind.METHOD, Kind.TYPE);
    }

    @Test
    void aMethodsBeginsWithAVerb() {
        assertThat(all)
                .filteredOn(comment -> comment.kind() == Kind.METHOD)
                .filteredOn(comment -> !isVerb(comment, VERBS_TOO))
                .isEmpty();
    }

    @Test
    void aTypesNamesAThing() {
        assertThat(all)
                .filteredOn(comment -> comment.kind() == Kind.TYPE)
                .filteredOn(comment -> isVerb(comment, Set.of()))
                .isEmpty();
    }

    private static boolean isVerb(Javadoc comment, Set<String> also) {
        String word = comment.firstWord();
        return VERB.matcher(word).matches() && (!NO_VERBS.contains(word) || also.contains(word));
    }

    @Test
    void noneLeansOnItsNeighbour() {
        assertThat(all).filteredOn(comment -> LEANING.matcher(comment.text()).matches()).isEmpty();
    }
}
