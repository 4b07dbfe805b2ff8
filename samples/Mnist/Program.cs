using MnistSample.Commands;

using var interrupt = new Interrupt();
return MnistCommandLine.Run(args, Console.Out, Console.Error, interrupt.Token);
