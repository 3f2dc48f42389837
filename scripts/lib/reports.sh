# What the XML reports of Surefire, Failsafe and JaCoCo say, as tables.

slowest=10

# slowest_tests REPORTS...: the classes and the tests that took longest, seconds first.
slowest_tests() {
    local reports=() report
    for report in "$@"; do
        if [[ -e $report ]]; then reports+=("$report"); fi
    done
    if ((${#reports[@]} == 0)); then return; fi
    printf '\nslowest of %d test classes, in seconds\n' "${#reports[@]}"
    grep -ho '^<testsuite .*' "${reports[@]}" | seconds_of name tests | sed 's/ \([0-9]*\)$/ (\1 tests)/' | longest
    printf 'slowest of %d tests, in seconds\n' "$(cat "${reports[@]}" | grep -c '<testcase ')"
    grep -ho '<testcase .*' "${reports[@]}" | seconds_of classname name | longest
}

# seconds_of ATTRIBUTE ATTRIBUTE: of elements, one a line: its time and these two.
seconds_of() {
    awk -v first="$1" -v second="$2" '
        function of(key, parts) {
            if (!match($0, " " key "=\"[^\"]*\"")) return ""
            split(substr($0, RSTART, RLENGTH), parts, "\"")
            gsub("&lt;", "<", parts[2]); gsub("&gt;", ">", parts[2])
            gsub("&quot;", "\"", parts[2]); gsub("&amp;", "\\&", parts[2])
            return parts[2]
        }
        {
            seconds = of("time"); gsub(",", "", seconds)
            class = of(first); sub(/.*\./, "", class)
            test = of(second); gsub(/\([^)]*\)/, "", test)
            printf "%.1f %s %s\n", seconds, class, test
        }'
}

longest() {
    LC_ALL=C sort -k1,1 -g -r | awk -v most="$slowest" '
        NR <= most { seconds = $1; sub(/^[^ ]* /, ""); printf "  %8.1f  %s\n", seconds, $0 }'
}

# The skipped tests with their reason.
list_skipped() {
    local reports=() report
    for report in target/{,unit/}*-reports/TEST-*.xml; do
        [ ! -e "$report" ] || reports+=("$report")
    done
    [ ${#reports[@]} -gt 0 ] || return 0
    sed -nE '/<testcase/h; /<skipped/{G; s#.*message="([^"]*)".*name="([^"]*)" classname="([^"]*)".*#  skipped: \3.\2: \1#p}' \
        "${reports[@]}"
}

# coverage_by_package CSV: percent of lines and branches that were run.
coverage_by_package() {
    printf '\ncovered: lines, branches, package\n'
    awk -F, 'NR > 1 {
            for (p = 1; p <= 2; p++) {
                at = p == 1 ? $2 : "all"
                lines[at] += $8 + $9; linesRun[at] += $9
                branches[at] += $6 + $7; branchesRun[at] += $7
            }
        }
        END {
            for (at in lines) {
                printf "  %5.1f %%  %5.1f %%  %s\n", 100 * linesRun[at] / lines[at],
                    branches[at] ? 100 * branchesRun[at] / branches[at] : 100, at
            }
        }' "$1" | sort -k5
}
