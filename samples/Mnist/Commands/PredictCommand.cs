using System.CommandLine;
using MnistSample.Display;
using MnistSample.Images;
using MnistSample.Reports;

namespace MnistSample.Commands;

/// <summary>Reads the options of <c>predict</c> and hands them to <see cref="Prediction"/>.</summary>
internal sealed class PredictCommand(TextWriter output)
{
    private readonly Argument<FileInfo> _image = new("image")
    {
        Description = "A PNG picture of one digit, or an IDX image file (gzipped or not).",
        CustomParser = PathOption.ParseFile,
    };

    private readonly Option<int> _index = NumberOption.Whole("--index", "Which image of an IDX file, from 0.", 0, 0);

    private readonly Option<FileInfo> _modelFile = new("--model-file")
    {
        Description = "The weights that training saved.",
        HelpName = "FILE",
        CustomParser = PathOption.ParseFile,
        DefaultValueFactory = _ => new FileInfo(Path.Combine(OutputFolder.DefaultName, OutputFolder.ModelFileName)),
    };

    private readonly Option<Architecture> _model = ModelOption.Create();

    private readonly Option<int> _largestSide = NumberOption.Whole(
        "--largest-side", "The largest width and height of a picture to take memory for.", PngReader.LargestSide, 1,
        PngReader.LargestPossibleSide);

    /// <summary>Adds the arguments to a command and makes it predict.</summary>
    public void Define(Command command)
    {
        command.Add(_image);
        command.Add(_index);
        command.Add(_modelFile);
        command.Add(_model);
        command.Add(_largestSide);
        command.SetAction(parsed =>
        {
            var options = new PredictOptions(
                parsed.GetRequiredValue(_image),
                parsed.GetResult(_index) is { Implicit: false } ? parsed.GetValue(_index) : null,
                parsed.GetRequiredValue(_modelFile),
                parsed.GetValue(_model) ?? Architecture.All[0],
                parsed.GetRequiredValue(_largestSide));
            new Prediction(Terminal.Create(output), options).Run();
            return ExitCode.Success;
        });
    }
}
