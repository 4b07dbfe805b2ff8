using CharGptSample.Commands;
using MnistSample.Commands;

using var interrupt = new Interrupt();
return CharGptCommandLine.Run(args, Console.Out, Console.Error, interrupt.Token);
