using MnistSample.Commands;
using MnistSample.Display;
using MnistVitSample;

using var interrupt = new Interrupt(Terminal.ShowCursor);
return VitCommand.Run(args, Console.Out, Console.Error, new Stop(() => interrupt.Signal, interrupt.Token));
