-- Tables of the demo, in MySQL 8.0 or later. They and their data:
--   mysql ... -e 'CREATE DATABASE demo'
--   mysql ... demo < config/demo/schema.sql
--   mysql ... --local-infile=1 demo < config/demo/load.sql

-- Daily weather of Seattle and New York. One of the two names holds a blank.
CREATE TABLE weather (
    location      VARCHAR(32)   NOT NULL,
    date          DATE          NOT NULL,
    precipitation DECIMAL(5, 1) NOT NULL COMMENT 'mm',
    temp_max      DECIMAL(4, 1) NOT NULL COMMENT 'degrees Celsius',
    temp_min      DECIMAL(4, 1) NOT NULL COMMENT 'degrees Celsius',
    wind          DECIMAL(4, 1) NOT NULL COMMENT 'm/s',
    weather       VARCHAR(16)   NOT NULL,
    PRIMARY KEY (location, date)
);

-- What 40 machines of a plant report. As in many real tables, nothing but the order of insertion
-- is its key: machine and time may be there twice, and the time may be missing.
CREATE TABLE plant_readings (
    id          BIGINT                                  NOT NULL AUTO_INCREMENT PRIMARY KEY,
    machine_id  INT                                     NOT NULL,
    recorded_at DATETIME(3)                             NULL COMMENT 'as the clock in the hall shows it',
    temperature DOUBLE                                  NULL COMMENT 'degrees Celsius',
    vibration   FLOAT                                   NULL COMMENT 'micrometres',
    state       ENUM ('running', 'idle', 'maintenance') NOT NULL,
    running     BOOL                                    NOT NULL,
    counter     BIGINT UNSIGNED                         NOT NULL COMMENT 'pieces made so far',
    note        JSON                                    NULL
);
