package io.iotdbmigrate.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A reader of file names on a command line. A locale without UTF-8 lets Java open few of them. */
final class FileNames implements ITypeConverter<Path> {
    @Override
    public Path convert(String name) {
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw new TypeConversionException(
                    "the name has characters that no file can have in this locale; set"
                            + " LC_ALL=C.UTF-8, or take another name");
        }
    }
}
