# Counts publishes by outcome and error, by SDK version, and by base image and tag. Run with -n, so that lines are read one by one.
def attribute($key): first(.[] | select(.key == $key) | .value.stringValue) // "";

reduce inputs as $line ({};
  $line.resourceLogs[0] as $resource
  | $resource.scopeLogs[0].logRecords[0] as $record
  | if $record.eventName == "sdk/container/inference" then
      .["image " + ($record.attributes | attribute("containers_telemetry.base_image.name") + ":" + attribute("containers_telemetry.base_image.tag"))] += 1
    else
      .["outcome " + ($record.attributes | attribute("cicd.pipeline.task.run.result") + " " + attribute("error.type"))] += 1
      | .["sdk " + ($resource.resource.attributes | attribute("containers_telemetry.sdk.version"))] += 1
    end)
