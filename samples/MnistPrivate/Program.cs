using MnistPrivateSample;
using MnistSample.Commands;
using MnistSample.Display;

using var interrupt = new Interrupt(Terminal.ShowCursor);
return PrivateCommand.Run(args, Console.Out, Console.Error, new Stop(() => interrupt.Signal, interrupt.Token));
