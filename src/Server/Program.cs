Console.WriteLine("MaritimeWatch");
