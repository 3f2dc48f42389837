package io.iotdbmigrate.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** A failure to write a file, in words. */
final class WriteFailure {
    private WriteFailure() {}

    /** Returns why, without the file's name. */
    static String reason(IOException failure) {
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (failure instanceof NoSuchFileException) {
            return "no such folder";
        }
        if (failure instanceof FileAlreadyExistsException) {
            return "a file is in its place";
        }
        return failure instanceof FileSystemException of && of.getReason() != null
                ? of.getReason()
                : String.valueOf(failure.getMessage());
    }
}
