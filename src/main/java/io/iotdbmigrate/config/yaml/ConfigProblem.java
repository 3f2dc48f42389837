package io.iotdbmigrate.config.yaml;

/**
 * One thing that is wrong with the config file.
 *
 * @param path the setting, e.g. {@code iotdb.mappings[0].measurements[2].type}; empty for the whole
 *     file
 * @param line 1-based; 0 when the problem has no place in the file
 * @param column 1-based; 0 when the problem has no place in the file
 * @param sentence what is wrong, with which value, and what to do; reads on after the path
 */
public record ConfigProblem(String path, int line, int column, String sentence) {

    /**
     * Returns one line as a person reads it: {@code plant.yml:12:7: iotdb.mappings[0].table: ...}.
     */
    public String describe(String fileName) {
        String place = line == 0 ? fileName : fileName + ":" + line + ":" + column;
        return path.isEmpty() ? place + ": " + sentence : place + ": " + path + ": " + sentence;
    }
}
