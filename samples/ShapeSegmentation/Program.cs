using MnistSample.Commands;
using MnistSample.Display;
using ShapeSegmentationSample;

using var interrupt = new Interrupt(Terminal.ShowCursor);
return SegmentationCommand.Run(args, Console.Out, Console.Error, new Stop(() => interrupt.Signal, interrupt.Token));
