await Console.Out.WriteLineAsync("not there yet");
