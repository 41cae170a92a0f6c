using System;

Console.WriteLine("Hello from a container!");
