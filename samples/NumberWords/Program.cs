using MnistSample.Commands;
using MnistSample.Display;
using NumberWordsSample;

using var interrupt = new Interrupt(Terminal.ShowCursor);
return NumberWordsCommand.Run(args, Console.Out, Console.Error, new Stop(() => interrupt.Signal, interrupt.Token));
