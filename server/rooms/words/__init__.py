"""All that can be asked of a room, and all that can happen in it."""

from __future__ import annotations

from server.rooms.words import agenda, company, door, floor, leading, notes, roll, seats, sitting, talking, voting

RoomEvent = (
    seats.Opened
    | seats.SeatTaken
    | seats.SeatAway
    | seats.SeatLeft
    | seats.SeatSwitched
    | seats.PeerGiven
    | seats.PeerGone
    | seats.Ended
    | leading.SeatStopped
    | leading.MicsLocked
    | leading.RoomLocked
    | leading.Removed
    | leading.Pardoned
    | leading.RoleGiven
    | floor.HandRaised
    | floor.HandLowered
    | floor.FloorGiven
    | floor.FloorExtended
    | floor.FloorClosed
    | sitting.Suspended
    | sitting.Resumed
    | sitting.RecordPaused
    | sitting.RecordResumed
    | sitting.Presided
    | agenda.AgendaSet
    | agenda.ItemBegun
    | notes.NoteMade
    | notes.NoteChanged
    | notes.NoteWithdrawn
    | talking.Written
    | talking.ChatLimited
    | voting.VoteOpened
    | voting.OfficeCalled
    | voting.VoteCast
    | voting.VoteClosed
    | door.DoorSet
    | door.Knocked
    | door.WaitEnded
    | door.Admitted
    | door.TurnedAway
    | company.CompanyNamed
    | floor.SpeakerNamed
    | roll.RollBegun
    | roll.RollCalled
    | roll.RollEnded
    | notes.CarriedSettled
    | sitting.QuorumChanged
)

Command = (
    seats.Enter
    | seats.Connect
    | seats.Disconnect
    | seats.Switch
    | seats.LoseLine
    | seats.Leave
    | seats.Open
    | seats.End
    | seats.Restart
    | seats.Expire
    | leading.Stop
    | leading.LockMics
    | leading.LockRoom
    | leading.Remove
    | leading.Pardon
    | leading.Appoint
    | floor.RaiseHand
    | floor.LowerHand
    | floor.GiveFloor
    | floor.ExtendFloor
    | floor.CloseFloor
    | sitting.Suspend
    | sitting.PauseRecord
    | agenda.SetAgenda
    | agenda.BeginItem
    | notes.MakeNote
    | notes.ChangeNote
    | notes.WithdrawNote
    | talking.Write
    | talking.LimitChat
    | voting.OpenVote
    | voting.CallOffice
    | voting.CastVote
    | voting.CloseVote
    | door.SetDoor
    | door.Admit
    | door.TurnAway
    | door.StopWaiting
    | company.NameCompany
    | floor.NameSpeaker
    | roll.BeginRoll
    | roll.CallNext
    | roll.EndRoll
    | notes.SettleCarried
)
